package dev.recado.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recado.bench.scenario.Scenario;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void without_a_word_everything_is_measured_five_times() {
    var options = Options.parse();

    assertThat(options.scenarios())
        .extracting(Scenario::name)
        .containsExactly("everything", "backlog", "latency", "slow", "growth", "syncs", "start");
    assertThat(options.rounds()).isEqualTo(5);
  }

  @Test
  void named_scenarios_are_measured_as_often_and_as_long_as_asked() {
    var options = Options.parse("start", "--rounds", "1", "latency", "--seconds", "2");

    assertThat(options.scenarios()).extracting(Scenario::name).containsExactly("latency", "start");
    assertThat(options.rounds()).isEqualTo(1);
    assertThat(options.seconds()).isEqualTo(2);
  }

  @Test
  void what_makes_no_sense_is_refused_with_a_hint() {
    assertThatThrownBy(() -> Options.parse("everythin")).hasMessageContaining("everything");
    assertThatThrownBy(() -> Options.parse("--rounds")).hasMessageContaining("--rounds 5");
    assertThatThrownBy(() -> Options.parse("--rounds", "0")).hasMessageContaining("--rounds");
  }
}
