package dev.recado.retry;

import java.time.Duration;

/**
 * Exponential backoff with full jitter: the n-th delay is a random share of {@code first *
 * 2^(n-1)}, at most {@code longest}. Full jitter spreads the retries of many jobs that failed at
 * the same moment (Marc Brooker, "Exponential Backoff and Jitter", 2015).
 *
 * @param first the upper bound of the first delay
 * @param longest the upper bound of every delay
 */
public record Backoff(Duration first, Duration longest) {

  /**
   * The delay before a try.
   *
   * @param retry which retry it is, from 1
   * @param share a random number in [0, 1)
   */
  public Duration delay(int retry, double share) {
    return scaled(ceiling(retry), share);
  }

  /** The longest delay before this retry. */
  public Duration ceiling(int retry) {
    var doublings = Math.min(retry - 1, 30);
    var grown = first.multipliedBy(1L << doublings);
    return grown.compareTo(longest) < 0 ? grown : longest;
  }

  private static Duration scaled(Duration duration, double share) {
    return Duration.ofNanos((long) (duration.toNanos() * share));
  }
}
