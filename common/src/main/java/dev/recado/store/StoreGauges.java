package dev.recado.store;

import dev.recado.job.Tenant;
import dev.recado.metrics.Reading;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The queue as it stands, from the store's counters, read when somebody asks. All processes over
 * one store show the same.
 */
public final class StoreGauges {
  private final MeterRegistry registry;
  private final Reading<StoreLoad> load;
  private final Reading<QueueSnapshot> queue;

  private StoreGauges(JobStore store, MeterRegistry registry) {
    this.registry = registry;
    this.load = new Reading<>(store::load);
    this.queue = new Reading<>(() -> store.queue(Tenant.DEFAULT));
  }

  /** Shows this store there for as long as both exist. */
  public static void register(JobStore store, MeterRegistry registry) {
    new StoreGauges(store, registry).register();
  }

  private void register() {
    jobs("queued", load -> load.waiting().inLine());
    jobs("scheduled", load -> load.waiting().later());
    jobs("processing", StoreLoad::processing);
    queue(
        "recado.queue.oldest.age",
        "seconds",
        "How long the first in line has waited",
        queue -> seconds(queue.oldestAge()));
    queue("recado.workers", null, "Workers with a valid lease", queue -> queue.workers().size());
    queue(
        "recado.queue.paused",
        null,
        "Whether no job is started: 1 or 0",
        queue -> queue.pausedSince() == null ? 0 : 1);
    Gauge.builder("recado.store.disk.free", () -> load.show(StoreLoad::freeBytes))
        .baseUnit("bytes")
        .description("What is left on the disk of the job store")
        .register(registry);
    Gauge.builder("recado.store.available", () -> load.isThere() ? 1 : 0)
        .description("Whether the job store can be read: 1 or 0")
        .register(registry);
  }

  private void jobs(String state, ToDoubleFunction<StoreLoad> count) {
    Gauge.builder("recado.queue.jobs", () -> load.show(count))
        .tags(List.of(Tag.of("state", state)))
        .description("Jobs that have not ended, by what they wait for")
        .register(registry);
  }

  private void queue(
      String name, @Nullable String unit, String meaning, ToDoubleFunction<QueueSnapshot> part) {
    Gauge.builder(name, () -> queue.show(part))
        .baseUnit(unit)
        .description(meaning)
        .register(registry);
  }

  private static double seconds(@Nullable Duration age) {
    return age == null ? 0 : age.toMillis() / 1e3;
  }
}
