package dev.recado.web.webhook;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.recado.delivery.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a delivery that failed is tried again: ten tries, spread over a little more than three days.
 */
final class RetrySchedule {
  /** What Standard Webhooks proposes. */
  private static final List<Duration> DELAYS =
      List.of(
          ofSeconds(5),
          ofMinutes(5),
          ofMinutes(30),
          ofHours(2),
          ofHours(5),
          ofHours(10),
          ofHours(14),
          ofHours(20),
          ofHours(24));

  /** A receiver's wish beyond this is taken for this. */
  static final Duration LONGEST_ADVICE = ofHours(24);

  /** The deliveries that fail together shall not come back together. */
  private static final double JITTER = 0.2;

  private RetrySchedule() {}

  /**
   * What becomes of a delivery.
   *
   * @param round which try it was, from 1
   * @param share a random number in [0, 1)
   */
  static Verdict verdict(Reply reply, int round, Instant now, double share) {
    if (reply instanceof Reply.Answered(var status, var _)) {
      if (status >= 200 && status < 300) {
        return new Verdict.Delivered();
      }
      if (status == 410) {
        return new Verdict.Unwanted();
      }
    }
    return round > DELAYS.size()
        ? new Verdict.GivenUp()
        : new Verdict.RetryAt(now.plus(longer(delay(round, share), advice(reply))));
  }

  private static Duration delay(int round, double share) {
    var factor = 1 + JITTER * (2 * share - 1);
    return Duration.ofMillis((long) (DELAYS.get(round - 1).toMillis() * factor));
  }

  private static Duration advice(Reply reply) {
    var advice = reply.advice();
    return advice.compareTo(LONGEST_ADVICE) < 0 ? advice : LONGEST_ADVICE;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
