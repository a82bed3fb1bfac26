package dev.recado.sweep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Holds the wall clock, which somebody may set, against the machine's own counter, which nobody
 * can. Not thread-safe.
 */
final class ClockWatch {
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Instant begin;
  private final long beginNanos;
  private Duration driftBefore = Duration.ZERO;

  /** Begins to watch now: from here on the clock is expected to go at the counter's pace. */
  ClockWatch(Clock clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.begin = clock.instant();
    this.beginNanos = nanoTime.getAsLong();
  }

  /** How far the clock has been set forward (or, negative, back) since the watch began. */
  Duration drift() {
    var passed = Duration.ofNanos(nanoTime.getAsLong() - beginNanos);
    return Duration.between(begin, clock.instant()).minus(passed);
  }

  /** Whether the clock has been set by more than this since the last time somebody asked. */
  boolean hasStepped(Duration tolerance) {
    var drift = drift();
    var step = drift.minus(driftBefore).abs();
    driftBefore = drift;
    return step.compareTo(tolerance) > 0;
  }
}
