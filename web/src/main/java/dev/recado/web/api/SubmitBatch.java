package dev.recado.web.api;

import dev.recado.batch.Batch;
import dev.recado.batch.BatchOutcome;
import dev.recado.batch.BatchStore;
import dev.recado.event.JobEvents;
import dev.recado.lifecycle.FailPoint;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.queue.TaskPublisher;
import dev.recado.store.StoreUnavailableException;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /api/batches}: leaves many texts at once, all or none. */
public final class SubmitBatch implements Handler {
  private static final Log log = Log.of(SubmitBatch.class);

  private final BatchAcceptance acceptance;
  private final BatchStore batches;
  private final TaskPublisher publisher;
  private final JobEvents events;

  /** Has batches taken in by the first, rings for their first jobs and tells of what has ended. */
  public SubmitBatch(
      BatchAcceptance acceptance, BatchStore batches, TaskPublisher publisher, JobEvents events) {
    this.acceptance = acceptance;
    this.batches = batches;
    this.publisher = publisher;
    this.events = events;
  }

  @Override
  public void handle(Context context) {
    switch (acceptance.take(context.req())) {
      case BatchOutcome.Accepted(var batch) -> {
        FailPoint.ACCEPTED.reached();
        release();
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

  /** Sooner than the sweeper, which does it if this fails: the batch is accepted by now. */
  private void release() {
    try {
      var tending = batches.tend();
      tending.released().forEach(publisher::ring);
      // Another batch may have been first in line.
      tending.ended().forEach(events::publish);
    } catch (StoreUnavailableException e) {
      log.tell(LogEvent.STORE_UNAVAILABLE, e.getMessage());
    }
  }

  private static void answer(Context context, Batch batch) {
    context.res().setHeader("Location", BatchJson.url(batch.id()));
    context.res().setHeader("Retry-After", Acceptance.ASK_AGAIN_AFTER);
    Answers.json(context, 202, Json.object(json -> BatchJson.write(json, batch)));
  }
}
