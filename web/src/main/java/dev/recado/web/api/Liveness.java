package dev.recado.web.api;

import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code GET /healthz}: whether this process answers at all. */
public final class Liveness implements Handler {
  private static final byte[] ALIVE = Json.object(json -> json.writeStringProperty("status", "ok"));

  @Override
  public void handle(Context context) {
    Answers.json(context, 200, ALIVE);
  }
}
