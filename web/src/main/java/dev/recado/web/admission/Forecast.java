package dev.recado.web.admission;

import java.time.Duration;
import java.util.Optional;

/**
 * When a job that comes now would be served, going by the pace of late. Unknown as long as no pace
 * has been seen: nothing finished is not the same as nothing ever finishing.
 *
 * @param perSecond jobs finished in a second, or NaN
 * @param processing jobs being run
 */
record Forecast(double perSecond, long processing) {
  static final Forecast UNKNOWN = new Forecast(Double.NaN, 0);

  private static final Duration LONGEST = Duration.ofDays(365);

  /** How long a job behind so many others waits for its start. */
  Optional<Duration> waitBehind(long queued) {
    return timeFor(queued);
  }

  /** How long until a job behind so many others has ended: those being run come first as well. */
  Optional<Duration> endBehind(long queued) {
    return timeFor(queued + processing);
  }

  private Optional<Duration> timeFor(long jobs) {
    return Double.isNaN(perSecond)
        ? Optional.empty()
        : Optional.of(duration(Math.min(jobs / perSecond, (double) LONGEST.toSeconds())));
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis((long) (seconds * 1_000));
  }
}
