package dev.recado.metrics;

import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Something that is read when somebody asks for it, and not again within a second: several gauges
 * show parts of one reading, of one moment. Thread-safe.
 */
public final class Reading<T> {
  private static final Log log = Log.of(Reading.class);
  private static final long GOOD_FOR = Duration.ofSeconds(1).toNanos();

  private final Supplier<T> source;
  private final LongSupplier nanoTime;
  private Optional<T> latest = Optional.empty();
  private long takenAt;
  private boolean taken;

  /** Nothing is read yet. */
  public Reading(Supplier<T> source) {
    this(source, System::nanoTime);
  }

  Reading(Supplier<T> source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
  }

  /** A part of the reading; not a number if nothing can be read. */
  public double show(ToDoubleFunction<T> part) {
    return get().map(part::applyAsDouble).orElse(Double.NaN);
  }

  /** Whether it can be read. */
  public boolean isThere() {
    return get().isPresent();
  }

  private synchronized Optional<T> get() {
    var now = nanoTime.getAsLong();
    if (!taken || now - takenAt >= GOOD_FOR) {
      latest = read();
      takenAt = now;
      taken = true;
    }
    return latest;
  }

  private Optional<T> read() {
    try {
      return Optional.of(source.get());
    } catch (RuntimeException e) {
      log.tellWhy(e, LogEvent.METRICS_GAP);
      return Optional.empty();
    }
  }
}
