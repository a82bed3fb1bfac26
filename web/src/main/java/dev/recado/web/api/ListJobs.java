package dev.recado.web.api;

import static dev.recado.web.answer.JsonMembers.text;

import dev.recado.store.JobPage;
import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.input.Cursor;
import dev.recado.web.input.ListRequest;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code GET /api/jobs}: jobs without their texts, newest first, page by page. */
public final class ListJobs implements Handler {
  private final JobStore store;

  /** Reads from this store. */
  public ListJobs(JobStore store) {
    this.store = store;
  }

  @Override
  public void handle(Context context) {
    var page = store.list(ListRequest.of(context.queryString()));
    Answers.json(context, 200, body(page));
  }

  private static byte[] body(JobPage page) {
    return Json.object(json -> {
      json.writeArrayPropertyStart("data");
      for (var job : page.jobs()) {
        json.writeStartObject();
        JobJson.writeListed(json, job);
        json.writeEndObject();
      }
      json.writeEndArray();
      var next = page.nextCursor();
      text(json, "next_cursor", next == null ? null : Cursor.after(next));
      json.writeBooleanProperty("has_more", next != null);
    });
  }
}
