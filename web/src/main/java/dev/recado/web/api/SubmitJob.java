package dev.recado.web.api;

import dev.recado.job.JobIds;
import dev.recado.web.input.IdempotencyHeader;
import dev.recado.web.input.SubmissionReader;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /api/predict}: leaves a text. */
public final class SubmitJob implements Handler {
  private final Acceptance acceptance;
  private final JobIds ids;
  private final SubmissionReader submissions;

  /** Has the jobs accepted there that are read by this. */
  public SubmitJob(Acceptance acceptance, JobIds ids, SubmissionReader submissions) {
    this.acceptance = acceptance;
    this.ids = ids;
    this.submissions = submissions;
  }

  @Override
  public void handle(Context context) {
    var key = IdempotencyHeader.of(context.req());
    var submission = submissions.read(context.req());
    var id = ids.next();
    acceptance.accept(context, usual -> submission.asJob(id, usual), key);
  }
}
