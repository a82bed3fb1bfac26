package dev.recado.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;

/** Memory, garbage collection, threads, processor and files of this JVM. */
final class JvmMeters implements AutoCloseable {
  private static final double NANOS = Duration.ofSeconds(1).toNanos();

  /** Prometheus counts in seconds, not nanoseconds, and keeps the ending of the last for itself. */
  private static final Set<String> AGAINST_CONVENTION =
      Set.of("process.cpu.time", "jvm.gc.cpu.time", "system.cpu.count");

  /** To be given to a registry before it has any meter. */
  static final MeterFilter BY_CONVENTION =
      MeterFilter.deny(id -> AGAINST_CONVENTION.contains(id.getName()));

  private final JvmGcMetrics collections = new JvmGcMetrics();

  private JvmMeters() {}

  static JvmMeters in(MeterRegistry registry) {
    var meters = new JvmMeters();
    meters.collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    countProcessorTime(registry);
    return meters;
  }

  private static void countProcessorTime(MeterRegistry registry) {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    FunctionCounter.builder("process.cpu", system, bean -> bean.getProcessCpuTime() / NANOS)
        .baseUnit("seconds")
        .description("Processor time that this process has used")
        .register(registry);
  }

  /** No longer listens to the garbage collector. */
  @Override
  public void close() {
    collections.close();
  }
}
