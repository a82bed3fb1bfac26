package dev.recado.web.operator;

import static dev.recado.web.answer.JsonMembers.time;

import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /api/console/pause}: no job is started any more; those that run go on. */
final class PauseQueue implements Handler {
  private final JobStore store;

  PauseQueue(JobStore store) {
    this.store = store;
  }

  @Override
  public void handle(Context context) {
    var since = store.operations().pause();
    Answers.json(context, 200, Json.object(json -> time(json, "paused_since", since)));
  }
}
