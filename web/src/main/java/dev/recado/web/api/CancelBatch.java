package dev.recado.web.api;

import dev.recado.batch.Batch;
import dev.recado.batch.BatchStore;
import dev.recado.event.JobEvents;
import dev.recado.job.Tenant;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /api/batches/{id}/cancel}: ends all jobs of a batch that have not finished. */
public final class CancelBatch implements Handler {
  private final BatchStore batches;
  private final JobEvents events;

  /** Cancels in this store and tells of what it cancels. */
  public CancelBatch(BatchStore batches, JobEvents events) {
    this.batches = batches;
    this.events = events;
  }

  @Override
  public void handle(Context context) {
    var id = BatchPath.id(context);
    batches
        .cancel(Tenant.DEFAULT, id)
        .filter(batch -> batch.status() != Batch.Status.CANCELING)
        .ifPresentOrElse(_ -> {}, this::tend);
    var batch = BatchPath.batch(context, batches);
    if (batch.canceledAt() == null) {
      throw Problems.batchAlreadyFinished(batch.id().value()).asException();
    }
    Answers.json(context, 200, Json.object(json -> BatchJson.write(json, batch)));
  }

  /** A small batch is canceled by the answer; the rest of a large one is left to the sweeper. */
  private void tend() {
    batches.tend().ended().forEach(events::publish);
  }
}
