package dev.recado.web.operator;

import dev.recado.web.answer.Answers;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code GET /api/console/overview}: how things stand. */
final class ReadOverview implements Handler {
  private final Overview overview;

  ReadOverview(Overview overview) {
    this.overview = overview;
  }

  @Override
  public void handle(Context context) {
    Answers.json(context, 200, overview.document());
  }
}
