package dev.recado.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** With a password that everybody knows nothing starts, unless the broker is on this machine. */
class DefaultCredentialsTest {
  static Stream<Arguments> weak() {
    var settings =
        Stream.of(
            Map.of("RABBITMQ_URL", "amqp://guest:guest@broker.example"),
            Map.of("RABBITMQ_URL", "amqp://recado:changeme@10.0.0.5"),
            Map.of("RABBITMQ_URL", "amqp://recado:@broker.example"),
            Map.of("RABBITMQ_URL", "amqps://broker.example"),
            Map.of("RABBITMQ_HOST", "broker.example"),
            Map.of(
                "RABBITMQ_HOST", "broker", "RABBITMQ_USER", "a", "RABBITMQ_PASSWORD", "password"));
    return settings.flatMap(variables ->
        Stream.of("up", "web", "worker", "check").map(command -> Arguments.of(command, variables)));
  }

  @ParameterizedTest
  @MethodSource("weak")
  void it_ends_at_once_and_says_why(String command, Map<String, String> variables) {
    var environment = new HashMap<>(variables);
    environment.put("RECADO_DATABASE_URL", "jdbc:sqlite:/nowhere/recado.db");

    var run = CommandRun.of(environment, "", command);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("everybody knows").doesNotContain("changeme");
  }
}
