package dev.recado.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * All that one process counts and measures, as Prometheus reads it. Parts take the registry when
 * they are put together, make their meters once and keep them. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
  /** The text format of Prometheus, which every version of it reads. */
  public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private @Nullable JvmMeters jvm;

  /** Nothing is counted yet. */
  public Metrics() {
    registry.config().meterFilter(JvmMeters.BY_CONVENTION);
  }

  /** Where meters are made. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Everything, as {@link #MEDIA_TYPE}. */
  public byte[] exposition() {
    watchJvm();
    return registry.scrape(MEDIA_TYPE).getBytes(StandardCharsets.UTF_8);
  }

  /** With the first who asks: it loads hundreds of classes, which a start need not wait for. */
  private synchronized void watchJvm() {
    if (jvm == null) {
      jvm = JvmMeters.in(registry);
    }
  }

  @Override
  public synchronized void close() {
    if (jvm != null) {
      jvm.close();
    }
    registry.close();
  }
}
