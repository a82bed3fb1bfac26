package dev.recado.worker.execute;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import dev.recado.retry.Backoff;
import dev.recado.worker.model.ModelAnswer.Refused;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides what a refusal means for its job. The only owner of retries: nothing below it repeats a
 * call, nothing above it repeats a job.
 *
 * @param maxFailures after so many failed attempts a job has failed
 * @param failing how long to wait after a failure
 * @param throttled how long to wait after a 429 that names no time
 */
record RetryPolicy(int maxFailures, Backoff failing, Backoff throttled) {
  /** A provider's own wish is stretched by up to this share, so that not all come back at once. */
  private static final double SPREAD = 0.1;

  static final RetryPolicy STANDARD =
      new RetryPolicy(
          5,
          new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)),
          new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(30)));

  /**
   * The end of this attempt.
   *
   * @param share a random number in [0, 1)
   */
  Settlement settle(Refused refused, Setbacks before, Instant now, Instant deadline, double share) {
    return switch (refused.remedy()) {
      case NONE -> failed(refused);
      case RETRY_ONCE ->
          before.nonsense() > 0 ? failed(refused) : retry(refused, before, now, deadline, share);
      case RETRY -> retry(refused, before, now, deadline, share);
      case WAIT ->
          mayBePaid(refused)
              ? retry(refused, before, now, deadline, share)
              : await(refused, before, now, deadline, share);
      case WAIT_ONCE ->
          mayBePaid(refused) || before.throttles() > 0
              ? retry(refused, before, now, deadline, share)
              : await(refused, before, now, deadline, share);
    };
  }

  // An answer had begun, or the server had the request for long: without a try such a call would be
  // made, and paid, again until the deadline.
  private static boolean mayBePaid(Refused refused) {
    return refused.partial() != null || wasTaken(refused.error());
  }

  // A gateway's 408 or 504 may be about a server that it does not reach. That is an outage, in
  // which no job is to lose its tries.
  private static boolean wasTaken(JobError error) {
    var status = error.providerStatus();
    return error.code() == ErrorCode.PROVIDER_TIMEOUT
        && (status == null || (status != 408 && status != 504));
  }

  private Settlement retry(
      Refused refused, Setbacks before, Instant now, Instant deadline, double share) {
    var after = before.plusFailure(refused.error().code());
    if (after.failures() >= maxFailures) {
      return failed(refused);
    }
    var delay = delay(refused, failing, after.failures(), share);
    return at(now.plus(delay), refused, after, deadline);
  }

  // The provider is busy, the job did nothing wrong: this costs none of its tries.
  private Settlement await(
      Refused refused, Setbacks before, Instant now, Instant deadline, double share) {
    var after = before.plusThrottle();
    var delay = delay(refused, throttled, after.throttles(), share);
    return at(now.plus(delay), refused, after, deadline);
  }

  private static Duration delay(Refused refused, Backoff backoff, int retry, double share) {
    var wished = refused.retryAfter();
    // "At once", and a moment that is over, would use up all tries before anything can change.
    return wished == null || wished.isZero()
        ? backoff.delay(retry, atLeastHalf(share))
        : wished.plus(Duration.ofNanos((long) (wished.toNanos() * SPREAD * share)));
  }

  // Else a retry might come before the other calls of the same moment have shown that the model is
  // away, and be the second call in vain.
  private static double atLeastHalf(double share) {
    return (1 + share) / 2;
  }

  // A retry that cannot begin in time would only hide the cause behind "expired".
  private static Settlement at(Instant time, Refused refused, Setbacks after, Instant deadline) {
    return time.isBefore(deadline)
        ? new Settlement.Retry(time, refused.error(), after)
        : failed(refused);
  }

  private static Settlement failed(Refused refused) {
    return new Settlement.Fail(refused.error(), refused.partial());
  }
}
