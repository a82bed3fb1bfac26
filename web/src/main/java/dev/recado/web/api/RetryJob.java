package dev.recado.web.api;

import dev.recado.job.Job;
import dev.recado.job.JobIds;
import dev.recado.job.NewJob;
import dev.recado.store.JobStore;
import dev.recado.web.input.IdempotencyHeader;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /api/jobs/{id}/retry}: a new job that asks what a finished one asked. */
public final class RetryJob implements Handler {
  private final JobStore store;
  private final Acceptance acceptance;
  private final JobIds ids;

  /** Reads the old job from the store, and has the new one accepted. */
  public RetryJob(JobStore store, Acceptance acceptance, JobIds ids) {
    this.store = store;
    this.acceptance = acceptance;
    this.ids = ids;
  }

  @Override
  public void handle(Context context) {
    var key = IdempotencyHeader.of(context.req());
    var job = JobPath.job(context, store);
    if (!job.state().isTerminal()) {
      throw Problems.jobNotFinished(job.id().value(), "retry it").asException();
    }
    var again = again(job);
    acceptance.accept(context, _ -> again, key);
  }

  private NewJob again(Job job) {
    var input = job.inputJson();
    if (input == null) {
      throw Problems.inputPurged(job).asException();
    }
    return NewJob.repeating(job, input, ids.next());
  }
}
