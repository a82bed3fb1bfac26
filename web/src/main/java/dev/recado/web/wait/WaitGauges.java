package dev.recado.web.wait;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How many requests are held open until something happens to their jobs. */
public final class WaitGauges {
  private static final String NAME = "recado.web.held.requests";
  private static final String MEANING = "Requests that are held open, to wait or to stream";

  private WaitGauges() {}

  /**
   * Shows them there for as long as these exist.
   *
   * @param sleepers all of them
   * @param waiters those that are answered once; the others are streams
   */
  public static void register(Sleepers sleepers, Waiters waiters, MeterRegistry registry) {
    Gauge.builder(NAME, waiters::count).tag("kind", "wait").description(MEANING).register(registry);
    Gauge.builder(NAME, () -> Math.max(0, sleepers.count() - waiters.count()))
        .tag("kind", "stream")
        .description(MEANING)
        .register(registry);
  }
}
