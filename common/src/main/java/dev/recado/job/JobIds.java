package dev.recado.job;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes job ids: UUIDv7 with 48 bits of milliseconds and 74 random bits. Thread-safe when its
 * random source is.
 */
public final class JobIds {
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT_RFC_9562 = 0x8000_0000_0000_0000L;

  private final Clock clock;
  private final RandomGenerator random;

  /** Ids from this clock and a secure random source. */
  public JobIds(Clock clock) {
    this(clock, new SecureRandom());
  }

  JobIds(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A new id. */
  public JobId next() {
    var high = (clock.millis() << 16) | VERSION_7 | (random.nextLong() & 0xFFFL);
    var low = VARIANT_RFC_9562 | (random.nextLong() >>> 2);
    return new JobId(new UUID(high, low).toString());
  }
}
