package dev.recado.web.operator;

import dev.recado.job.ErrorCode;
import dev.recado.store.JobPage;
import dev.recado.store.JobQuery;
import dev.recado.store.JobStore;
import org.jspecify.annotations.Nullable;

/** Jobs by their error, for who may ask for none as well. */
final class Failures {
  private Failures() {}

  /**
   * A page of jobs.
   *
   * @param code only those that failed with this error; null for all that are asked for
   */
  static JobPage page(JobStore store, JobQuery jobs, @Nullable ErrorCode code) {
    return code == null
        ? store.list(jobs)
        : store
            .operations()
            .failures(
                jobs.tenant(),
                code,
                jobs.createdAfter(),
                jobs.createdBefore(),
                jobs.limit(),
                jobs.cursor());
  }
}
