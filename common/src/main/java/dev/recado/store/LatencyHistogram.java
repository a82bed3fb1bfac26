package dev.recado.store;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How often something took how long, in buckets each a fifth wider than the last, so that a
 * percentile is known within 10 % however long it is. Immutable.
 *
 * @param buckets how many fell into the bucket of each number; {@link #bucketOf} numbers them
 */
public record LatencyHistogram(Map<Integer, Long> buckets) {
  /** One that has seen nothing. */
  public static final LatencyHistogram EMPTY = new LatencyHistogram(Map.of());

  private static final double BUCKETS_PER_DOUBLING = 4;

  /** Buckets do not change. */
  public LatencyHistogram {
    buckets = Map.copyOf(buckets);
  }

  /** The number of the bucket for this time: 0 for less than a millisecond. */
  public static int bucketOf(Duration time) {
    var millis = time.toMillis();
    return millis < 1 ? 0 : 1 + (int) (BUCKETS_PER_DOUBLING * log2((double) millis));
  }

  private static double log2(double number) {
    return Math.log(number) / Math.log(2);
  }

  /** How many times were seen. */
  public long count() {
    return buckets.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The time that so large a share did not exceed; empty if none was seen.
   *
   * @param share between 0 and 1
   */
  public Optional<Duration> percentile(double share) {
    var left = Math.max(1, (long) Math.ceil(share * (double) count()));
    for (var bucket : new TreeMap<>(buckets).entrySet()) {
      left -= bucket.getValue();
      if (left <= 0) {
        return Optional.of(middle(bucket.getKey()));
      }
    }
    return Optional.empty();
  }

  private static Duration middle(int bucket) {
    return bucket == 0
        ? Duration.ZERO
        : Duration.ofMillis(Math.round(Math.pow(2, (bucket - 0.5) / BUCKETS_PER_DOUBLING)));
  }

  /** The times of both. */
  public LatencyHistogram plus(LatencyHistogram other) {
    var sum = new TreeMap<>(buckets);
    other.buckets.forEach((bucket, n) -> sum.merge(bucket, n, Long::sum));
    return new LatencyHistogram(sum);
  }
}
