package dev.recado.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recado.config.Settings.Layout;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "amqp://localhost, localhost:5672, guest, guest, /, false",
    "amqp://u:p@broker/, broker:5672, u, p, /, false",
    "amqp://u:p@broker:5673/jobs, broker:5673, u, p, jobs, false",
    "amqps://u:p@broker/%2f, broker:5671, u, p, /, true",
    "amqp://u:a%2Fb+c%40d@[::1], [::1]:5672, u, a/b+c@d, /, false"
  })
  void a_url_says_it_all(
      String url, String address, String user, String password, String virtualHost, boolean tls) {
    var broker = read(Map.of("RABBITMQ_URL", url));

    assertThat(broker.address()).hasToString(address);
    assertThat(broker.user()).isEqualTo(user);
    assertThat(broker.password().reveal()).isEqualTo(password);
    assertThat(broker.virtualHost()).isEqualTo(virtualHost);
    assertThat(broker.tls()).isEqualTo(tls);
  }

  @Test
  void host_user_and_password_do_as_well() {
    var broker =
        read(
            Map.of(
                "RABBITMQ_HOST", "rabbitmq:5699",
                "RABBITMQ_USER", "web",
                "RABBITMQ_PASSWORD", "long and random"));

    assertThat(broker.describe()).isEqualTo("amqp://web@rabbitmq:5699");
    assertThat(broker.password().reveal()).isEqualTo("long and random");
  }

  @Test
  void a_url_without_credentials_takes_those_set_apart() {
    var broker =
        read(
            Map.of(
                "RABBITMQ_URL", "amqps://broker/jobs",
                "RABBITMQ_USER", "web",
                "RABBITMQ_PASSWORD", "long and random"));

    assertThat(broker.describe()).isEqualTo("amqps://web@broker:5671 (virtual host jobs)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.2", "[::1]", "broker.localhost"})
  void guest_will_do_on_this_machine(String host) {
    assertThat(read(Map.of("RABBITMQ_HOST", host)).user()).isEqualTo("guest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amqp://rabbitmq",
        "amqp://guest:guest@10.0.0.5",
        "amqp://recado:changeme@rabbitmq",
        "amqp://recado@rabbitmq"
      })
  void a_password_that_everybody_knows_is_refused_elsewhere(String url) {
    assertThat(problems(Map.of("RABBITMQ_URL", url), Layout.TOGETHER))
        .singleElement()
        .extracting(Problem::toString)
        .asString()
        .contains("everybody knows");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://rabbitmq",
        "amqp://",
        "rabbitmq:5672",
        "amqp://u:p@h/v?x=1",
        "amqp://u:p@h:70000",
        "amqp://u:p@h:0"
      })
  void a_url_that_is_no_brokers_is_refused(String url) {
    assertThat(problems(Map.of("RABBITMQ_URL", url), Layout.TOGETHER)).isNotEmpty();
  }

  @Test
  void two_answers_to_one_question_are_refused() {
    var hostTwice = Map.of("RABBITMQ_URL", "amqp://localhost", "RABBITMQ_HOST", "localhost");
    var userTwice = Map.of("RABBITMQ_URL", "amqp://u:p@localhost", "RABBITMQ_USER", "v");

    assertThat(problems(hostTwice, Layout.TOGETHER)).hasSize(1);
    assertThat(problems(userTwice, Layout.TOGETHER)).hasSize(1);
  }

  @Test
  void credentials_without_a_broker_are_a_mistake() {
    assertThat(problems(Map.of("RABBITMQ_USER", "web"), Layout.TOGETHER)).hasSize(1);
  }

  @Test
  void web_and_worker_apart_need_a_broker() {
    assertThat(problems(Map.of(), Layout.WORKER))
        .singleElement()
        .extracting(Problem::variable)
        .isEqualTo("RABBITMQ_URL");
  }

  private static BrokerSettings read(Map<String, String> environment) {
    return Settings.from(environment, Layout.WORKER).broker().orElseThrow();
  }

  private static List<Problem> problems(Map<String, String> environment, Layout layout) {
    return catchThrowableOfType(SettingsException.class, () -> Settings.from(environment, layout))
        .problems();
  }
}
