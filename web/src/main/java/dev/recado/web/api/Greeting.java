package dev.recado.web.api;

import dev.recado.web.answer.Answers;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code GET /api/}: says that somebody is there. */
public final class Greeting implements Handler {
  @Override
  public void handle(Context context) {
    Answers.text(context, "Hello, World!");
  }
}
