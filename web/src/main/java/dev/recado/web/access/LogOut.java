package dev.recado.web.access;

import dev.recado.web.answer.Answers;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /api/console/logout}: has the browser forget its session. */
public final class LogOut implements Handler {
  @Override
  public void handle(Context context) {
    SessionCookie.drop(context.req(), context.res());
    Answers.empty(context, 204);
  }
}
