package dev.recado.web.operator;

import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.queue.TaskPublisher;
import dev.recado.store.JobQuery;
import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /api/console/resume}: jobs are started again. */
final class ResumeQueue implements Handler {
  private static final byte[] RUNNING = Json.object(json -> json.writeNullProperty("paused_since"));

  /** Enough to wake each worker. */
  private static final JobQuery SOME =
      new JobQuery(Tenant.DEFAULT, JobState.QUEUED, null, null, 64, null);

  private final JobStore store;
  private final TaskPublisher publisher;

  /** Tells workers there. */
  ResumeQueue(JobStore store, TaskPublisher publisher) {
    this.store = store;
    this.publisher = publisher;
  }

  @Override
  public void handle(Context context) {
    if (store.operations().resume()) {
      // A ring does not say what to take, so those for any of the jobs will do.
      store.list(SOME).jobs().forEach(job -> publisher.ring(job.id()));
    }
    Answers.json(context, 200, RUNNING);
  }
}
