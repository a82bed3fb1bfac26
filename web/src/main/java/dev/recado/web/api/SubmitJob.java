package dev.recado.web.api;

import dev.recado.job.JobIds;
import dev.recado.web.input.IdempotencyHeader;
import dev.recado.web.input.SubmissionReader;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;

/** {@code POST /api/predict}: leaves a text. */
public final class SubmitJob implements Handler {
  private final Acceptance acceptance;
  private final JobIds ids;
  private final Duration usualTimeToLive;
  private final SubmissionReader submissions;

  /** Accepts jobs; those that name no deadline live as long as usual. */
  public SubmitJob(
      Acceptance acceptance, JobIds ids, Duration usualTimeToLive, SubmissionReader submissions) {
    this.acceptance = acceptance;
    this.ids = ids;
    this.usualTimeToLive = usualTimeToLive;
    this.submissions = submissions;
  }

  @Override
  public void handle(Context context) {
    var key = IdempotencyHeader.of(context.req());
    var job = submissions.read(context.req()).asJob(ids.next(), usualTimeToLive);
    acceptance.accept(context, job, key);
  }
}
