package dev.recado.web.api;

import dev.recado.job.Tenant;
import dev.recado.store.Batch;
import dev.recado.store.BatchStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /api/batches/{id}/cancel}: ends all jobs of a batch that have not finished. */
public final class CancelBatch implements Handler {
  private final BatchStore batches;

  /** Cancels in this store. */
  public CancelBatch(BatchStore batches) {
    this.batches = batches;
  }

  @Override
  public void handle(Context context) {
    var id = BatchPath.id(context);
    batches
        .cancel(Tenant.DEFAULT, id)
        .filter(batch -> batch.status() != Batch.Status.CANCELING)
        .ifPresentOrElse(_ -> {}, batches::tend); // a small batch is canceled by the answer
    var batch = BatchPath.batch(context, batches);
    if (batch.canceledAt() == null) {
      throw Problems.batchAlreadyFinished(batch.id().value()).asException();
    }
    Answers.json(context, 200, Json.object(json -> BatchJson.write(json, batch)));
  }
}
