package dev.recado.web.api;

import static dev.recado.web.answer.JsonMembers.text;

import dev.recado.batch.BatchPage;
import dev.recado.batch.BatchStore;
import dev.recado.job.BatchId;
import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.input.Cursor;
import dev.recado.web.input.PageRequest;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code GET /api/batches}: newest first, page by page. */
public final class ListBatches implements Handler {
  private final BatchStore batches;

  /** Reads from this store. */
  public ListBatches(BatchStore batches) {
    this.batches = batches;
  }

  @Override
  public void handle(Context context) {
    var wanted = PageRequest.of(context.queryString());
    var cursor = wanted.cursor();
    var before = cursor == null ? null : new BatchId(cursor.value());
    Answers.json(context, 200, body(batches.list(Tenant.DEFAULT, before, wanted.limit())));
  }

  private static byte[] body(BatchPage page) {
    return Json.object(json -> {
      json.writeArrayPropertyStart("data");
      for (var batch : page.batches()) {
        json.writeStartObject();
        BatchJson.write(json, batch);
        json.writeEndObject();
      }
      json.writeEndArray();
      text(json, "next_cursor", page.hasMore() ? cursorAfter(page) : null);
      json.writeBooleanProperty("has_more", page.hasMore());
    });
  }

  private static String cursorAfter(BatchPage page) {
    return Cursor.after(new JobId(page.batches().getLast().id().value()));
  }
}
