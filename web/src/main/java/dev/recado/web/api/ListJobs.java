package dev.recado.web.api;

import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
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
    Answers.json(context, 200, JobJson.page(page, JobJson::writeListed));
  }
}
