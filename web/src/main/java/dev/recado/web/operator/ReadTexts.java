package dev.recado.web.operator;

import static dev.recado.web.answer.JsonMembers.raw;

import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.api.JobJson;
import dev.recado.web.api.JobPath;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/**
 * {@code GET /api/console/jobs/{id}/texts}: what a job's client said and was told. Apart from the
 * rest, so that it is seen by those only who want to.
 */
final class ReadTexts implements Handler {
  private final JobStore store;

  ReadTexts(JobStore store) {
    this.store = store;
  }

  @Override
  public void handle(Context context) {
    var job = JobPath.job(context, store);
    Answers.json(
        context,
        200,
        Json.object(json -> {
          raw(json, "input", job.inputJson());
          JobJson.writeOutput(json, "output", job.result());
          raw(json, "metadata", job.metadataJson());
        }));
  }
}
