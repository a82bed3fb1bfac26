package dev.recado.web.access;

import dev.recado.web.problem.Problems;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * How often somebody may be wrong about the token: each caller a few times, and all together not
 * much more often, so that nobody gets far by pretending to be many. Who is right pays nothing. It
 * remembers so many callers at most. Thread-safe.
 */
final class Guesses {
  private static final int CALLERS = 1_000;
  private static final Limit OF_ONE = new Limit(5, Duration.ofSeconds(10));
  private static final Limit OF_ALL = new Limit(50, Duration.ofSeconds(2));

  private final TimeMeter time;
  private final Bucket all;
  private final SequencedMap<Caller, Bucket> callers = new LinkedHashMap<>();

  Guesses(Clock clock) {
    this.time = new ClockMeter(clock);
    this.all = bucket(OF_ALL);
  }

  /** So many at once, and another after each such time. */
  private record Limit(int most, Duration oneMore) {}

  /** Throws the problem if this caller has been wrong too often of late, or all have been. */
  void requireRoom(Caller caller) {
    known(caller).ifPresent(bucket -> requireRoom(bucket, OF_ONE));
    requireRoom(all, OF_ALL);
  }

  /**
   * Counts a wrong one. Those that come at the same instant may all have found room: they are in
   * debt then, and wait for longer.
   */
  void wrong(Caller caller) {
    remember(caller).consumeIgnoringRateLimits(1);
    all.consumeIgnoringRateLimits(1);
  }

  private static void requireRoom(Bucket bucket, Limit limit) {
    var estimate = bucket.estimateAbilityToConsume(1);
    if (!estimate.canBeConsumed()) {
      var wait = Duration.ofNanos(estimate.getNanosToWaitForRefill());
      throw Problems.tooManyAttempts(limit.most(), limit.oneMore(), wait).asException();
    }
  }

  private Optional<Bucket> known(Caller caller) {
    synchronized (callers) {
      return Optional.ofNullable(callers.get(caller));
    }
  }

  private Bucket remember(Caller caller) {
    synchronized (callers) {
      var bucket = callers.computeIfAbsent(caller, _ -> bucket(OF_ONE));
      if (callers.size() > CALLERS) {
        // The one known for longest. All together stay bounded, whoever is forgotten.
        callers.pollFirstEntry();
      }
      return bucket;
    }
  }

  private Bucket bucket(Limit limit) {
    return Bucket.builder()
        .addLimit(limits -> limits.capacity(limit.most()).refillGreedy(1, limit.oneMore()))
        .withCustomTimePrecision(time)
        .build();
  }

  /** Bucket4j's idea of a clock. */
  private record ClockMeter(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return Duration.ofMillis(clock.millis()).toNanos();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
