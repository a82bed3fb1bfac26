package dev.recado.web.api;

import dev.recado.event.JobEvents;
import dev.recado.job.Ending;
import dev.recado.job.Job;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.store.CancelOutcome;
import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /api/jobs/{id}/cancel}: ends a job that has not finished. */
public final class CancelJob implements Handler {
  private final JobStore store;
  private final JobEvents events;

  /** Cancels in this store and tells the worker, if there is one. */
  public CancelJob(JobStore store, JobEvents events) {
    this.store = store;
    this.events = events;
  }

  @Override
  public void handle(Context context) {
    switch (store.cancel(Tenant.DEFAULT, JobPath.id(context))) {
      case CancelOutcome.Unknown() -> throw Problems.jobNotFound().asException();
      case CancelOutcome.AlreadyFinished(var job) ->
          throw Problems.jobAlreadyFinished(job).asException();
      case CancelOutcome.Canceled(var job, var from) -> {
        tell(job, from);
        Answers.json(context, 200, Json.object(json -> JobJson.writeWhole(json, job)));
      }
    }
  }

  private void tell(Job job, CancelOutcome.Canceled.From from) {
    switch (from) {
      case CANCELED_BEFORE -> {}
      case QUEUE -> events.publish(new Ending(job.id(), JobState.QUEUED, JobState.CANCELED));
      case WORKER -> events.publish(new Ending(job.id(), JobState.PROCESSING, JobState.CANCELED));
    }
  }
}
