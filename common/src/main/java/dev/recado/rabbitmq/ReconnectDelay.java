package dev.recado.rabbitmq;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next try: a random part of a span that doubles from 0.2 s to 3 s, so
 * that a broker that comes back is not met by all its clients at once. Not thread-safe.
 */
final class ReconnectDelay {
  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private Duration span = SHORTEST;
  private long connectedAt;
  private boolean connected;

  /** A session has begun. */
  void connected() {
    connected = true;
    connectedAt = System.nanoTime();
  }

  /** The wait after a connection was lost, or could not be opened. */
  Duration next() {
    if (connected && System.nanoTime() - connectedAt > LONGEST.toNanos()) {
      // One that breaks as soon as it is ready is no better than none.
      span = SHORTEST;
    }
    connected = false;
    var wait = Duration.ofNanos(ThreadLocalRandom.current().nextLong(span.toNanos()));
    span = span.multipliedBy(2).compareTo(LONGEST) < 0 ? span.multipliedBy(2) : LONGEST;
    return wait;
  }
}
