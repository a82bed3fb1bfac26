package dev.recado.web.access;

import dev.recado.web.answer.Answers;
import dev.recado.web.input.OperatorBody;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /api/console/login}: the token for a session in a cookie. */
public final class LogIn implements Handler {
  private final OperatorAccess access;
  private final OperatorBody bodies;

  /** Asks there for what was read there. */
  public LogIn(OperatorAccess access, OperatorBody bodies) {
    this.access = access;
    this.bodies = bodies;
  }

  @Override
  public void handle(Context context) {
    var token = bodies.token(context.req());
    access
        .logIn(context.req(), token)
        .ifPresent(session -> SessionCookie.keep(context.req(), context.res(), session));
    Answers.empty(context, 204);
  }
}
