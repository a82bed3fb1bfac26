package dev.recado.bench.load;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What came of a load: answers by status, and how long they took. Not thread-safe. */
public final class Tally {
  private static final long LONGEST_NANOS = Duration.ofMinutes(10).toNanos();

  private final Map<Integer, Long> byStatus = new TreeMap<>();
  private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
  private Duration elapsed = Duration.ZERO;

  void add(int status, long nanos) {
    byStatus.merge(status, 1L, Long::sum);
    latencies.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
  }

  void end(Duration elapsed) {
    this.elapsed = elapsed;
  }

  /** Counts what came of another load as well. */
  public void add(Tally other) {
    other.byStatus.forEach((status, n) -> byStatus.merge(status, n, Long::sum));
    latencies.add(other.latencies);
    elapsed = elapsed.plus(other.elapsed);
  }

  /** How many answers had this status. */
  public long count(int status) {
    return byStatus.getOrDefault(status, 0L);
  }

  /** How many answers there were. */
  public long total() {
    return latencies.getTotalCount();
  }

  /** Answers of this status in a second. */
  public double perSecond(int status) {
    return count(status) * 1e9 / elapsed.toNanos();
  }

  /** The time within which this percentage of the answers had come, in milliseconds. */
  public double millis(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }

  /** Throws unless every answer had one of these statuses. */
  public void requireOnly(Integer... expected) {
    if (!Set.of(expected).containsAll(byStatus.keySet())) {
      throw new IllegalStateException("unexpected answers among " + byStatus);
    }
  }

  @Override
  public String toString() {
    return byStatus + " in " + elapsed;
  }
}
