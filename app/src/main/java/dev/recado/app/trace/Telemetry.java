package dev.recado.app.trace;

import dev.recado.trace.Traces;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The traces of this process, until it is closed. They are on when one of OpenTelemetry's own
 * variables says where they go, and only then is its SDK loaded.
 */
public interface Telemetry extends AutoCloseable {

  /** Where spans begin. */
  Traces traces();

  /** Sends what there is, for a few seconds at most. */
  @Override
  void close();

  /**
   * As this environment says.
   *
   * @param service what this process is called in traces, unless OTEL_SERVICE_NAME says otherwise
   * @param version which Recado it is
   * @throws dev.recado.config.SettingsException if OpenTelemetry cannot make sense of its variables
   */
  static Telemetry of(Map<String, String> environment, String service, String version) {
    return isAskedFor(environment) ? OtlpTelemetry.open(service, version) : new Off();
  }

  private static boolean isAskedFor(Map<String, String> environment) {
    var exporter = environment.getOrDefault("OTEL_TRACES_EXPORTER", "");
    var isOff =
        exporter.equals("none")
            || environment.getOrDefault("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true");
    var where =
        Stream.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "OTEL_TRACES_EXPORTER");
    return !isOff && where.anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
  }

  /** Nowhere. */
  record Off() implements Telemetry {
    @Override
    public Traces traces() {
      return Traces.OFF;
    }

    @Override
    public void close() {}
  }
}
