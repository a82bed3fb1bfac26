package dev.recado.web.api;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import dev.recado.store.JobStore;
import dev.recado.web.input.IdempotencyHeader;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;

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
    acceptance.accept(context, new Again(JobPath.id(context)), key);
  }

  /** The old job is read only when a new one is to be made of it. */
  private final class Again implements Acceptance.Wish {
    private final JobId old;

    private Again(JobId old) {
      this.old = old;
    }

    @Override
    public JobId retryOf() {
      return old;
    }

    @Override
    public NewJob asJob(Duration usualTimeToLive) {
      return again(JobPath.orNotFound(store.find(Tenant.DEFAULT, old)));
    }
  }

  private NewJob again(Job job) {
    if (!job.state().isTerminal()) {
      throw Problems.jobNotFinished(job.id().value(), "retry it").asException();
    }
    var input = job.inputJson();
    if (input == null) {
      throw Problems.inputPurged(job).asException();
    }
    return NewJob.repeating(job, input, ids.next());
  }
}
