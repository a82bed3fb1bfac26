package dev.recado.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "10s,PT10S", "10m,PT10M", "1h30m,PT1H30M", "7d,PT168H", "0s,PT0S"})
  void a_duration_reads_as_people_write_it_and_back(String text, Duration duration) {
    assertThat(Durations.parse(text)).contains(duration);
    assertThat(Durations.format(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "s", "-1s", "1.5h", "10 s", "PT1S", "9999999999d"})
  void anything_else_is_none(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }
}
