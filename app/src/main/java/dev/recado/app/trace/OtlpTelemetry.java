package dev.recado.app.trace;

import dev.recado.config.Problem;
import dev.recado.config.SettingsException;
import dev.recado.trace.OpenTelemetryTraces;
import dev.recado.trace.Traces;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** OpenTelemetry's SDK, set up by its own variables. */
final class OtlpTelemetry implements Telemetry {
  /** A collector that hangs must not keep a process from stopping. */
  private static final Duration FLUSH = Duration.ofSeconds(3);

  private final OpenTelemetrySdk sdk;
  private final Traces traces;

  private OtlpTelemetry(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
    this.traces = new OpenTelemetryTraces(sdk);
  }

  static OtlpTelemetry open(String service, String version) {
    SdkComplaints.toOurLog();
    try {
      return new OtlpTelemetry(
          AutoConfiguredOpenTelemetrySdk.builder()
              // It is closed with the rest, and last.
              .disableShutdownHook()
              .addPropertiesSupplier(() -> usual(service, version))
              .build()
              .getOpenTelemetrySdk());
    } catch (ConfigurationException e) {
      throw new SettingsException(
          List.of(
              new Problem(
                  "OTEL_*",
                  String.valueOf(e.getMessage()),
                  "see docs/observability.md, or unset them")));
    }
  }

  /** What is so unless a variable says otherwise. */
  private static Map<String, String> usual(String service, String version) {
    return Map.of(
        "otel.service.name", service,
        "otel.resource.attributes", "service.version=" + version,
        "otel.exporter.otlp.protocol", "http/protobuf",
        "otel.metrics.exporter", "none",
        "otel.logs.exporter", "none");
  }

  @Override
  public Traces traces() {
    return traces;
  }

  @Override
  public void close() {
    sdk.shutdown().join(FLUSH.toMillis(), TimeUnit.MILLISECONDS);
  }
}
