package dev.recado.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.app.shell.ExitCode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where other machines can come in, nothing starts before somebody has said that they may. */
class OpenToOthersTest {
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "RECADO_HOST", "0.0.0.0",
              "RECADO_DATABASE_URL", "jdbc:sqlite:/nowhere/recado.db",
              "RABBITMQ_URL", "amqp://localhost"));

  @ParameterizedTest
  @ValueSource(strings = {"up", "web", "check"})
  void it_ends_at_once_and_names_the_settings_that_decide(String command) {
    var run = CommandRun.of(environment, "", command);

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("RECADO_HOST", "RECADO_ACCESS=open", "RECADO_ADMIN_TOKEN");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void an_option_is_no_way_around_it() {
    environment.remove("RECADO_HOST");

    assertThat(CommandRun.of(environment, "", "up", "--host", "::").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void check_shows_what_was_decided_and_not_the_token() {
    environment.put("RECADO_ACCESS", "open");
    environment.put("RECADO_ADMIN_TOKEN", "canarycanarycanary");
    environment.remove("RABBITMQ_URL");
    environment.put("RECADO_PORT", "1");

    var run = CommandRun.of(environment, "", "check");

    assertThat(run.out())
        .containsPattern("RECADO_ACCESS +open")
        .containsPattern("RECADO_ADMIN_TOKEN +[*]{3}");
    assertThat(run.out() + run.err()).doesNotContain("canary");
  }
}
