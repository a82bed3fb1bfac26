package dev.recado.web.operator;

import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.api.JobJson;
import dev.recado.web.input.ListRequest;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code GET /api/console/jobs}: jobs with nothing private in them, also by error code. */
final class ListOperatorsJobs implements Handler {
  private final JobStore store;

  ListOperatorsJobs(JobStore store) {
    this.store = store;
  }

  @Override
  public void handle(Context context) {
    var wanted = ListRequest.ofOperator(context.queryString());
    var page = Failures.page(store, wanted.jobs(), wanted.code());
    Answers.json(context, 200, JobJson.page(page, JobJson::writeBare));
  }
}
