package dev.recado.web.access;

import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code GET /api/console/session}: whether the page's user has to log in, and has. */
public final class ReadSession implements Handler {
  private final OperatorAccess access;

  /** Asks there. */
  public ReadSession(OperatorAccess access) {
    this.access = access;
  }

  @Override
  public void handle(Context context) {
    var isLoggedIn = access.isLoggedIn(context.req());
    Answers.json(
        context,
        200,
        Json.object(json -> {
          json.writeBooleanProperty("required", access.asksForToken());
          json.writeBooleanProperty("authenticated", isLoggedIn);
        }));
  }
}
