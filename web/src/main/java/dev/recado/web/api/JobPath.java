package dev.recado.web.api;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import dev.recado.store.JobStore;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;
import java.util.Optional;

/** The job that a path names. What is no id counts as a job that does not exist. */
public final class JobPath {
  /** How routes call the place of the id. */
  static final String PARAMETER = "id";

  private JobPath() {}

  static JobId id(Context context) {
    return JobId.parse(context.pathParam(PARAMETER))
        .orElseThrow(() -> Problems.jobNotFound().asException());
  }

  /** The job; throws the problem if there is none. */
  public static Job job(Context context, JobStore store) {
    return orNotFound(store.find(Tenant.DEFAULT, id(context)));
  }

  /** The job without what was asked; throws the problem if there is none. */
  public static Job outcome(Context context, JobStore store) {
    return orNotFound(store.findOutcome(Tenant.DEFAULT, id(context)));
  }

  /** The job; throws the problem if there is none. */
  static Job orNotFound(Optional<Job> job) {
    return job.orElseThrow(() -> Problems.jobNotFound().asException());
  }
}
