package dev.recado.worker.model;

import java.time.Duration;

/** A moment on the monotonic clock, which no correction of the time of day moves. */
record Deadline(long nanoTime) {
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + Math.max(0, saturatedNanos(time)));
  }

  Duration remaining() {
    return Duration.ofNanos(nanoTime - System.nanoTime());
  }

  boolean hasPassed() {
    return !remaining().isPositive();
  }

  /** A hundred years are enough, and do not overflow. */
  private static long saturatedNanos(Duration time) {
    var longest = Duration.ofDays(36_500);
    return time.compareTo(longest) > 0 ? longest.toNanos() : time.toNanos();
  }
}
