package dev.recado.web.openai;

import dev.recado.job.ErrorCode;
import dev.recado.job.Job;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.JobResult;
import dev.recado.job.JobState;
import dev.recado.web.problem.Problem;
import dev.recado.web.problem.Problems;

/** Why there is no completion, with the status by which OpenAI's SDKs choose their exception. */
final class ChatProblems {
  static final String SHOULD_RETRY = "x-should-retry";
  private static final int FULL_FOR_SECONDS = 5;

  /** The longest pause after which a worker looks whether the model can be had again. */
  private static final int BUSY_FOR_SECONDS = 30;

  private ChatProblems() {}

  /** The result, if there is one; throws the problem if not. */
  static JobResult resultOf(Job job) {
    var result = job.result();
    if (job.state() != JobState.SUCCEEDED || result == null) {
      throw of(job).asException();
    }
    return result;
  }

  /**
   * A job that ended without a result. It was tried again as often as makes sense, so an SDK that
   * left another job would only pay again.
   */
  static Problem of(Job job) {
    var error = job.error();
    return switch (job.state()) {
      case FAILED, EXPIRED -> error == null ? Problems.noResult(job) : because(job, error);
      case SUCCEEDED, CANCELED, QUEUED, PROCESSING -> Problems.noResult(job);
    };
  }

  private static Problem because(Job job, JobError error) {
    var problem =
        Problem.of(status(error.code()), error.code().wireName(), error.message())
            .with("job_id", job.id().value())
            .header(SHOULD_RETRY, "false");
    return problem.status() == 503 ? problem.retryAfter(BUSY_FOR_SECONDS) : problem;
  }

  /**
   * The key of the model server is the operator's: a client told 401 would look for its own. So is
   * the quota: a client told 429 would think that it had asked too often.
   */
  private static int status(ErrorCode code) {
    return switch (code) {
      case PROVIDER_BAD_REQUEST, CONTEXT_LENGTH_EXCEEDED, CONTENT_FILTERED -> 400;
      case MODEL_NOT_FOUND -> 404;
      case WORKER_LOST -> 500;
      case PROVIDER_AUTH,
          PROVIDER_PERMISSION,
          PROVIDER_CREDITS_EXHAUSTED,
          PROVIDER_BAD_RESPONSE,
          EMPTY_COMPLETION ->
          502;
      case PROVIDER_RATE_LIMITED, PROVIDER_OVERLOADED -> 503;
      case PROVIDER_TIMEOUT, DEADLINE_EXCEEDED -> 504;
    };
  }

  /** There is no place to wait for the answer. Nothing was accepted, so an SDK may try again. */
  static Problem tooMany() {
    return Problem.of(
            503, "too_many_waiting", "too many requests wait for their answers; try again soon")
        .retryAfter(FULL_FOR_SECONDS);
  }

  /** The server stops. The job goes on. */
  static Problem unfinished(JobId job) {
    return Problem.of(
            503,
            "job_not_finished",
            "the job goes on, but this server cannot wait for it; see /api/result/" + job.value())
        .with("job_id", job.value())
        .retryAfter(1);
  }

  /** Another attempt has begun, and what was sent of the one before cannot be taken back. */
  static Problem interrupted(JobId job) {
    return Problem.of(
            502,
            "stream_interrupted",
            "the model broke off and is asked again; see /api/result/" + job.value())
        .with("job_id", job.value());
  }
}
