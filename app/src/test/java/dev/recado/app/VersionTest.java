package dev.recado.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

  @Test
  void the_version_is_a_number_and_never_a_placeholder() {
    var run = CommandRun.of(Map.of(), "", "--version");

    assertThat(run.out()).startsWith("recado 0.").doesNotContain("$").doesNotContain("()");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "web", "worker", "check", "submit", "status"})
  void every_command_explains_itself_with_an_example(String command) {
    var run = CommandRun.of(Map.of(), "", command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsPattern("Examples?:").contains("recado " + command);
  }
}
