package dev.recado.queue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/** The state of the doorbell, at either end. */
public final class DoorbellGauges {
  private DoorbellGauges() {}

  /** Shows this end there for as long as both exist. */
  public static void register(TaskPublisher publisher, MeterRegistry registry) {
    connected("out", publisher::isConnected, registry);
    Gauge.builder("recado.doorbell.blocked", () -> publisher.state().isBlocked() ? 1 : 0)
        .description("Whether the broker takes nothing, as it is short of memory or disk: 1 or 0")
        .register(registry);
    Gauge.builder("recado.doorbell.unconfirmed", () -> publisher.state().unconfirmedRings())
        .baseUnit("rings")
        .description("Rings that the broker has not confirmed")
        .register(registry);
    Gauge.builder("recado.dead.letters", () -> deadLetters(publisher))
        .description("Messages that nobody could read; not a number while the broker is away")
        .register(registry);
  }

  /** Shows this end there for as long as both exist. */
  public static void register(TaskConsumer consumer, MeterRegistry registry) {
    connected("in", consumer::isConnected, registry);
  }

  private static void connected(
      String direction, BooleanSupplier isConnected, MeterRegistry registry) {
    Gauge.builder("recado.doorbell.connected", () -> isConnected.getAsBoolean() ? 1 : 0)
        .tag("direction", direction)
        .description("Whether rings go out to workers, or come in from webs: 1 or 0")
        .register(registry);
  }

  private static double deadLetters(TaskPublisher publisher) {
    var dead = publisher.deadLetters();
    return dead.isPresent() ? dead.getAsLong() : Double.NaN;
  }
}
