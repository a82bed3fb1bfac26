package dev.recado.web.admission;

import dev.recado.store.StoreLoad;
import java.time.Duration;

/**
 * How many jobs the workers finish in a second when they have their hands full, smoothed. A quiet
 * service says nothing about that: what counts is the time in which more jobs wait than are run.
 * Not thread-safe.
 */
final class Throughput {
  private static final double SMOOTHING = Duration.ofSeconds(15).toNanos();
  private static final double SECOND = Duration.ofSeconds(1).toNanos();

  /** What was measured longer ago than this, and than three jobs take, is forgotten. */
  private static final double FORGOTTEN = Duration.ofMinutes(1).toNanos();

  /** A silence this long, in which this many jobs should have finished, is no slowness. */
  private static final double OUTAGE = Duration.ofSeconds(10).toNanos();

  private static final int MISSED = 10;

  private double perSecond = Double.NaN;
  private long measuredAt;
  private boolean measuring;
  private long finishedThen;
  private long then;
  private long finishedLast;

  /**
   * Takes a look at the store's counters.
   *
   * @param now the monotonic clock, in nanoseconds
   */
  void sample(StoreLoad load, long now) {
    var finished = load.finished();
    // Jobs that wait while none is run wait for a retry, or for a model that is away.
    var isBusy = load.processing() > 0 && load.waiting().inLine() > load.processing();
    if (!isBusy || finished < finishedLast) {
      measuring = false;
    } else if (finished > finishedLast) {
      measure(finished, now);
    }
    finishedLast = finished;
    if (now - measuredAt > Math.max(FORGOTTEN, 3 * SECOND / perSecond)) {
      perSecond = Double.NaN;
    }
  }

  // From one finish to another: whatever lies before the first is no part of the pace.
  private void measure(long finished, long now) {
    var elapsed = (double) (now - then);
    if (measuring && !isOutage(elapsed)) {
      add((finished - finishedThen) * SECOND / elapsed, elapsed);
      measuredAt = now;
    }
    measuring = true;
    finishedThen = finished;
    then = now;
  }

  private boolean isOutage(double elapsed) {
    return elapsed > OUTAGE && perSecond * elapsed / SECOND > MISSED;
  }

  private void add(double rate, double elapsed) {
    var weight = isKnown() ? 1 - Math.exp(-elapsed / SMOOTHING) : 1;
    perSecond = weight * rate + (isKnown() ? (1 - weight) * perSecond : 0);
  }

  boolean isKnown() {
    return !Double.isNaN(perSecond);
  }

  /** What has been seen of late; NaN if that is nothing. */
  double perSecond() {
    return perSecond;
  }
}
