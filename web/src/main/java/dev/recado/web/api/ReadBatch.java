package dev.recado.web.api;

import dev.recado.batch.BatchStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code GET /api/batches/{id}}: how a batch stands. */
public final class ReadBatch implements Handler {
  private final BatchStore batches;

  /** Reads from this store. */
  public ReadBatch(BatchStore batches) {
    this.batches = batches;
  }

  @Override
  public void handle(Context context) {
    var batch = BatchPath.batch(context, batches);
    Answers.json(context, 200, Json.object(json -> BatchJson.write(json, batch)));
  }
}
