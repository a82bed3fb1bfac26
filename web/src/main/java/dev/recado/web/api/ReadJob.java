package dev.recado.web.api;

import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code GET /api/jobs/{id}}: the job, whatever its state. */
public final class ReadJob implements Handler {
  private final JobStore store;

  /** Reads from this store. */
  public ReadJob(JobStore store) {
    this.store = store;
  }

  @Override
  public void handle(Context context) {
    var job = JobPath.job(context, store);
    Answers.json(context, 200, Json.object(json -> JobJson.writeWhole(json, job)));
  }
}
