package dev.recado.web.problem;

import dev.recado.job.Job;
import dev.recado.job.JobState;
import java.time.Duration;
import java.util.List;

/** The problems by name. */
public final class Problems {
  private static final String SHOULD_RETRY = "x-should-retry";

  private Problems() {}

  // ---- the request ----

  /** The body cannot be read as what it should be. */
  public static Problem invalidJson(String detail) {
    return Problem.of(400, "invalid_json", detail);
  }

  /** Some fields are not what they should be. */
  public static Problem invalidFields(List<FieldError> errors) {
    return Problem.of(400, "invalid_field", summary(errors)).invalidFields(errors);
  }

  /** The one field that must be there is missing or blank. */
  public static Problem noText(List<FieldError> errors) {
    return Problem.of(400, "no_text", "no text provided").invalidFields(errors);
  }

  /** The key of an earlier request came with another wish. */
  public static Problem idempotencyKeyReused() {
    return Problem.of(
        422,
        "idempotency_key_reused",
        "this Idempotency-Key was sent with another request before; use a new one");
  }

  private static String summary(List<FieldError> errors) {
    var first = errors.getFirst();
    var others = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
    return first.field() + " " + first.description() + others;
  }

  /** The body is larger than web reads. */
  public static Problem payloadTooLarge(long atMost) {
    return Problem.of(413, "payload_too_large", "the request is larger than " + atMost + " bytes");
  }

  /** The body is of a kind that is not read here. */
  public static Problem unsupportedMediaType(String detail) {
    return Problem.of(415, "unsupported_media_type", detail);
  }

  /** The body broke off, or its framing is broken. */
  public static Problem unreadableBody() {
    return Problem.of(400, "bad_request", "the body could not be read to its end");
  }

  /** The body did not arrive in time. */
  public static Problem requestTimeout() {
    return Problem.of(408, "request_timeout", "the request took too long to arrive");
  }

  /** The request came under a name that is not served. */
  public static Problem misdirected() {
    return Problem.of(
        421,
        "misdirected_request",
        "this host is not served here; on loopback, public names have to be allowed first");
  }

  /** A page of somebody else's asks for a change. */
  public static Problem crossSite() {
    return Problem.of(
        403, "cross_site_request", "requests from pages of another origin may change nothing here");
  }

  // ---- operators ----

  /** As where there never was anything. */
  public static Problem nothingHere() {
    return HttpProblems.of(404);
  }

  /** It is for operators. */
  public static Problem operatorTokenRequired() {
    return challenge(
        "operator_token_required",
        "this is for operators: log in, or send Authorization: Bearer with RECADO_ADMIN_TOKEN");
  }

  /** It is not the operators' token. */
  public static Problem wrongToken() {
    return challenge("wrong_token", "this is not the token that RECADO_ADMIN_TOKEN names");
  }

  private static Problem challenge(String code, String detail) {
    return Problem.of(401, code, detail).header("WWW-Authenticate", "Bearer realm=\"recado\"");
  }

  /**
   * Somebody may be trying out tokens.
   *
   * @param limit how many may be wrong at once
   * @param oneMore after how long another may
   * @param wait until the next may
   * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">the
   *     IETF's draft of the RateLimit headers</a>
   */
  public static Problem tooManyAttempts(int limit, Duration oneMore, Duration wait) {
    var window = oneMore.multipliedBy(limit).toSeconds();
    return Problem.of(429, "rate_limit_exceeded", "too many wrong tokens; try again later")
        .header("RateLimit-Policy", "\"wrong-tokens\";q=%d;w=%d".formatted(limit, window))
        .header("RateLimit", "\"wrong-tokens\";r=0;t=%d".formatted(seconds(wait)))
        .retryAfter(seconds(wait));
  }

  /** The doorbell's own affairs cannot be seen or changed. */
  public static Problem brokerUnavailable() {
    return Problem.of(503, "broker_unavailable", "the broker cannot be reached; try again soon")
        .retryAfter(2);
  }

  // ---- jobs ----

  /** Unknown, malformed or someone else's: nobody is to tell them apart. */
  public static Problem jobNotFound() {
    return Problem.of(404, "job_not_found", "there is no such job");
  }

  /** The job has no delivery of this id, or was erased and so has nobody to tell. */
  public static Problem deliveryNotFound() {
    return Problem.of(404, "delivery_not_found", "there is no such delivery to send again");
  }

  /** Nothing could be signed. */
  public static Problem webhooksAreOff() {
    return Problem.of(
        409, "webhooks_off", "this server sends no webhooks: it has no RECADO_WEBHOOK_SECRET");
  }

  /** It ended otherwise. */
  public static Problem jobAlreadyFinished(Job job) {
    return about(
        job,
        409,
        "job_already_finished",
        "the job has already " + (job.state() == JobState.EXPIRED ? "expired" : "finished"));
  }

  /** It has not ended. */
  public static Problem jobNotFinished(String job, String wish) {
    return Problem.of(
            409, "job_not_finished", "the job has not finished; cancel it first, to " + wish)
        .with("job_id", job);
  }

  /** It ended with an error. */
  public static Problem jobFailed(Job job, String code, String message) {
    return noRetry(about(job, 424, code, message));
  }

  /** There is no result and there never will be. */
  public static Problem noResult(Job job) {
    return noRetry(
        switch (job.state()) {
          case CANCELED -> about(job, 410, "job_canceled", "the job was canceled");
          case EXPIRED ->
              about(job, 410, "job_expired", "the job's deadline passed before it had a result");
          default -> about(job, 410, "result_purged", "the job's texts were erased");
        });
  }

  /** There is no input to run again. */
  public static Problem inputPurged(Job job) {
    return noRetry(about(job, 410, "input_purged", "the job's text was erased"));
  }

  private static Problem about(Job job, int status, String code, String detail) {
    return Problem.of(status, code, detail)
        .with("state", job.state().wireName())
        .with("job_id", job.id().value());
  }

  /** Some SDKs would retry by the status alone. */
  private static Problem noRetry(Problem problem) {
    return problem.header(SHOULD_RETRY, "false");
  }

  /** Unknown, malformed or someone else's. */
  public static Problem batchNotFound() {
    return Problem.of(404, "batch_not_found", "there is no such batch");
  }

  /** There is nothing left of it to cancel. */
  public static Problem batchAlreadyFinished(String batch) {
    return Problem.of(409, "batch_already_finished", "the batch has already finished")
        .with("batch_id", batch);
  }

  // ---- the service ----

  /** The store cannot be read or written right now. */
  public static Problem storeUnavailable() {
    return Problem.of(503, "store_unavailable", "the job store cannot be reached; try again soon")
        .retryAfter(1);
  }

  /** The job would not be done in time, or there is no room for it. */
  public static Problem queueFull(String why, Duration retryAfter) {
    return Problem.of(503, "queue_full", why + "; try again later").retryAfter(seconds(retryAfter));
  }

  /** What is left of the store's disk is kept for the jobs that were accepted. */
  public static Problem diskFull(Duration retryAfter) {
    return Problem.of(503, "store_unavailable", "the job store's disk is full; try again later")
        .retryAfter(seconds(retryAfter));
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(duration.plusMillis(999).toSeconds());
  }

  /** Better sent elsewhere, or later. */
  public static Problem notReady(List<String> reasons) {
    return Problem.of(503, "not_ready", "not ready: " + String.join(", ", reasons))
        .with("reasons", reasons)
        .retryAfter(1);
  }

  /** A mistake of ours. */
  public static Problem internalError() {
    return Problem.of(500, "internal_error", "something went wrong; it has been written down");
  }
}
