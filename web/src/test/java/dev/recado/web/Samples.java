package dev.recado.web;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.JobResult;
import dev.recado.job.Settlement;
import dev.recado.job.Usage;
import org.jspecify.annotations.Nullable;

/** Ends that jobs come to in these tests. */
final class Samples {
  static final Usage USAGE = new Usage(20L, 9L, 29L, null, null);
  static final JobError OVERLOADED =
      new JobError(
          ErrorCode.PROVIDER_OVERLOADED,
          "the model server is overloaded",
          JobError.Source.PROVIDER,
          503,
          true,
          "req-1");

  private Samples() {}

  static JobResult result(String content) {
    return result(content, null, USAGE);
  }

  static JobResult result(
      @Nullable String content, @Nullable String toolCallsJson, @Nullable Usage usage) {
    return new JobResult(content, null, toolCallsJson, "some/model", usage, "stop");
  }

  static Settlement success() {
    return new Settlement.Succeed(result("Claro!"));
  }

  static Settlement failure() {
    return new Settlement.Fail(OVERLOADED, null);
  }

  /** The operator's key is wrong. */
  static Settlement refusal() {
    return new Settlement.Fail(JobError.ours(ErrorCode.PROVIDER_AUTH, "no", false), null);
  }

  static Settlement expiry() {
    return new Settlement.Expire(
        JobError.ours(ErrorCode.DEADLINE_EXCEEDED, "the deadline passed", false));
  }
}
