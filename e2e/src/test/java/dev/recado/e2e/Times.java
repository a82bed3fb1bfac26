package dev.recado.e2e;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Times that were measured. Thread-safe. */
public final class Times {
  private final Collection<Duration> all = new ConcurrentLinkedQueue<>();

  /** Notes how long this takes, and returns what it gives. */
  public <T> T measure(Supplier<T> action) {
    var begun = System.nanoTime();
    var result = action.get();
    add(Duration.ofNanos(System.nanoTime() - begun));
    return result;
  }

  public void add(Duration time) {
    all.add(time);
  }

  public int count() {
    return all.size();
  }

  /** The time that this share of them took at most. */
  public Duration quantile(double share) {
    var sorted = all.stream().sorted().toList();
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d, p50 %.1f ms, p99 %.1f ms, slowest %.1f ms",
        count(),
        millis(0.5),
        millis(0.99),
        millis(1));
  }

  private double millis(double share) {
    return quantile(share).toNanos() / 1e6;
  }
}
