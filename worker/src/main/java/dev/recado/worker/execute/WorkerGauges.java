package dev.recado.worker.execute;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** The state of a worker. */
public final class WorkerGauges {
  private WorkerGauges() {}

  /** Shows this worker there for as long as both exist. */
  public static void register(Worker worker, MeterRegistry registry) {
    var slots = worker.slots();
    slots("free", slots::free, registry);
    slots("taken", () -> slots.size() - slots.free(), registry);
    Gauge.builder("recado.worker.lease.held", () -> worker.holdsLease() ? 1 : 0)
        .description("Whether the others take this worker for alive: 1 or 0")
        .register(registry);
  }

  private static void slots(String state, IntSupplier count, MeterRegistry registry) {
    Gauge.builder("recado.worker.slots", count::getAsInt)
        .tag("state", state)
        .description("Jobs that this worker holds, and could hold besides")
        .register(registry);
  }
}
