package dev.recado.app.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which variables turn traces on and off. */
class TelemetryTest {
  private static final String COLLECTOR = "http://127.0.0.1:9";

  @Test
  void nobody_is_told_of_traces_that_nobody_asked_for() {
    assertThat(areOn(Map.of())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_ENDPOINT, " + COLLECTOR,
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, " + COLLECTOR,
    "OTEL_TRACES_EXPORTER, otlp"
  })
  void one_variable_turns_them_on(String name, String value) {
    assertThat(areOn(Map.of(name, value))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"OTEL_TRACES_EXPORTER, none", "OTEL_SDK_DISABLED, true", "OTEL_SDK_DISABLED, TRUE"})
  void another_one_turns_them_off_again(String name, String value) {
    assertThat(areOn(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", COLLECTOR, name, value))).isFalse();
  }

  private static boolean areOn(Map<String, String> environment) {
    try (var telemetry = Telemetry.of(environment, "recado", "1.0")) {
      return telemetry.traces().areOn();
    }
  }
}
