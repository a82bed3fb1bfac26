package dev.recado.worker.execute;

import java.time.Duration;

/**
 * How many calls may be spent on jobs that have already failed. Such a call takes a token, and
 * gives it back if the model answers; what runs out is therefore the patience with calls that fail
 * again. Each first call earns a tenth of a token. One a second is earned besides, so that the last
 * jobs of a quiet worker are tried again, too. Not thread-safe.
 */
final class RetryBudget {
  private static final double PER_FIRST_CALL = 0.1;
  private static final double NANOS_PER_TOKEN = Duration.ofSeconds(1).toNanos();
  private static final double AT_FIRST = 10;
  private static final double MOST = 100;

  private double tokens = AT_FIRST;
  private long grownAt;

  /**
   * @param now a reading of the monotonic clock, in nanoseconds; so is every other
   */
  RetryBudget(long now) {
    grownAt = now;
  }

  void firstCall() {
    earn(PER_FIRST_CALL);
  }

  /** Takes a token; false if there is none. */
  boolean take(long now) {
    earn((now - grownAt) / NANOS_PER_TOKEN);
    grownAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  void giveBack() {
    earn(1);
  }

  private void earn(double more) {
    tokens = Math.min(tokens + more, MOST);
  }
}
