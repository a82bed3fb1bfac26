package dev.recado.web.api;

import dev.recado.batch.Batch;
import dev.recado.batch.BatchOutcome;
import dev.recado.batch.BatchStore;
import dev.recado.lifecycle.FailPoint;
import dev.recado.queue.TaskPublisher;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /api/batches}: leaves many texts at once, all or none. */
public final class SubmitBatch implements Handler {
  private final BatchAcceptance acceptance;
  private final BatchStore batches;
  private final TaskPublisher publisher;

  /** Has batches taken in by the first, and rings for their first jobs. */
  public SubmitBatch(BatchAcceptance acceptance, BatchStore batches, TaskPublisher publisher) {
    this.acceptance = acceptance;
    this.batches = batches;
    this.publisher = publisher;
  }

  @Override
  public void handle(Context context) {
    switch (acceptance.take(context.req())) {
      case BatchOutcome.Accepted(var batch) -> {
        FailPoint.ACCEPTED.reached();
        batches.tend().released().forEach(publisher::ring);
        answer(context, batch);
      }
      case BatchOutcome.Repeated(var batch) -> {
        context.res().setHeader(Acceptance.REPLAYED, "true");
        answer(context, batch);
      }
      case BatchOutcome.KeyReused() -> throw Problems.idempotencyKeyReused().asException();
      case BatchOutcome.Abandoned() -> throw Problems.storeUnavailable().asException();
    }
  }

  private static void answer(Context context, Batch batch) {
    context.res().setHeader("Location", BatchJson.url(batch.id()));
    context.res().setHeader("Retry-After", Acceptance.ASK_AGAIN_AFTER);
    Answers.json(context, 202, Json.object(json -> BatchJson.write(json, batch)));
  }
}
