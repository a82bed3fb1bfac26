package dev.recado.bench.machine;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting, for measurements that wait for something outside. */
public final class Pause {
  private static final long POLL_MILLIS = 10;

  private Pause() {}

  /** Lets so many milliseconds pass. */
  public static void of(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Looks every 10 milliseconds; throws if it does not come about in time. */
  public static void until(String what, Duration bound, BooleanSupplier condition) {
    var end = System.nanoTime() + bound.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(what + " has not come about in " + bound);
      }
      of(POLL_MILLIS);
    }
  }
}
