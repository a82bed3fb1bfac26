package dev.recado.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recado.config.Settings.Layout;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void an_empty_environment_means_loopback_a_local_file_no_broker_and_echo() {
    var settings = read(Map.of());

    assertThat(settings.listen()).hasToString("127.0.0.1:8080");
    assertThat(settings.databaseUrl()).hasToString("jdbc:sqlite:data/recado.db");
    assertThat(settings.broker()).isEmpty();
    assertThat(settings.model()).isEqualTo(new ModelSettings.Echo());
    assertThat(settings.workerConcurrency()).isEqualTo(64);
    assertThat(settings.jobDeadline()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.modelSilence()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.retention()).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void a_model_server_may_be_silent_for_a_second_or_an_hour_and_not_for_no_time() {
    assertThat(read(Map.of("RECADO_MODEL_SILENCE", "1h")).modelSilence())
        .isEqualTo(Duration.ofHours(1));
    assertThat(read(Map.of("RECADO_MODEL_SILENCE", "1s")).modelSilence())
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(problems(Map.of("RECADO_MODEL_SILENCE", "0s"))).hasSize(1);
  }

  @Test
  void a_worker_shows_its_metrics_where_web_would_listen_on_a_port_of_its_own() {
    assertThat(read(Map.of()).metrics()).isEmpty();
    assertThat(read(Map.of("RECADO_METRICS_PORT", "9464", "RECADO_HOST", "::1")).metrics())
        .get()
        .hasToString("[::1]:9464");
    assertThat(problems(Map.of("RECADO_METRICS_PORT", "0"))).hasSize(1);
  }

  @Test
  void an_empty_value_counts_as_unset() {
    assertThat(read(Map.of("RECADO_PORT", "", "HUGGINGFACE_API_KEY", " ")))
        .isEqualTo(read(Map.of()));
  }

  @Test
  void every_problem_is_reported_at_once_with_a_good_example() {
    var problems =
        problems(
            Map.of(
                "RECADO_PORT", "eighty",
                "RECADO_LEASE", "10",
                "RECADO_DATABASE_URL", "jdbc:postgresql://db/recado",
                "RECADO_WORKERS", "3"));

    assertThat(problems)
        .extracting(Problem::variable)
        .containsExactlyInAnyOrder(
            "RECADO_PORT", "RECADO_LEASE", "RECADO_DATABASE_URL", "RECADO_WORKERS");
    assertThat(problems)
        .contains(
            new Problem(
                "RECADO_PORT",
                "must be a whole number from 0 to 65535, not eighty",
                "for example 8080"));
  }

  @Test
  void the_log_is_for_people_unless_it_is_asked_to_be_for_machines() {
    assertThat(read(Map.of()).logFormat()).isEqualTo(LogFormat.TEXT);
    assertThat(read(Map.of("RECADO_LOG_FORMAT", "json")).logFormat()).isEqualTo(LogFormat.JSON);
    assertThat(problems(Map.of("RECADO_LOG_FORMAT", "xml"))).hasSize(1);
  }

  @Test
  void a_log_level_that_is_none_is_refused() {
    assertThat(problems(Map.of("RECADO_LOG_LEVEL", "verbose"))).hasSize(1);
    assertThat(read(Map.of("RECADO_LOG_LEVEL", "debug"))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "RECADO_HOSTS, did you mean RECADO_HOST?",
    "RECADO_DEADLINE, did you mean RECADO_JOB_DEADLINE?",
    "RECADO_WORKER_CONCURENCY, did you mean RECADO_WORKER_CONCURRENCY?",
    "RECADO_COLOUR_SCHEME, remove it"
  })
  void a_misspelt_name_is_refused_with_the_likely_one(String name, String advice) {
    assertThat(problems(Map.of(name, "1m")))
        .containsExactly(new Problem(name, "is not a setting of Recado", advice));
  }

  @Test
  void what_kubernetes_plants_for_a_service_called_recado_is_not_a_misspelling() {
    var planted =
        Map.of(
            "RECADO_SERVICE_HOST", "10.0.0.7",
            "RECADO_SERVICE_PORT", "80",
            "RECADO_WEB_SERVICE_PORT_HTTP", "80",
            "RECADO_PORT_80_TCP_ADDR", "10.0.0.7",
            "RECADO_PORT", "tcp://10.0.0.7:80");

    assertThat(problems(planted))
        .singleElement()
        .extracting(Problem::toString)
        .asString()
        .contains("RECADO_PORT", "Kubernetes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "recado.internal", "my_service", "0.0.0.0", "::1", "[::]"})
  void web_listens_on_names_and_addresses(String host) {
    var settings = read(Map.of("RECADO_HOST", host, "RECADO_ACCESS", "open"));

    assertThat(settings.listen().port()).isEqualTo(8080);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "256.1.1.1", "1.2.3", "http://here", "a b", "::zz", "-x"})
  void web_does_not_listen_on_nonsense(String host) {
    assertThat(problems(Map.of("RECADO_HOST", host))).hasSize(1);
  }

  @Test
  void an_ipv6_address_is_written_in_brackets_before_the_port() {
    assertThat(read(Map.of("RECADO_HOST", "::1")).listen()).hasToString("[::1]:8080");
  }

  @Test
  void the_names_of_a_proxy_are_a_list() {
    assertThat(read(Map.of("RECADO_HOST_NAMES", "recado.example.org, recado")).hostNames())
        .containsExactlyInAnyOrder("recado.example.org", "recado");
    assertThat(problems(Map.of("RECADO_HOST_NAMES", "https://recado.example.org"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:sqlite:", "jdbc:sqlite::memory:", "jdbc:sqlite:a?mode=memory", "recado.db"})
  void the_store_must_be_a_file(String url) {
    assertThat(problems(Map.of("RECADO_DATABASE_URL", url))).hasSize(1);
  }

  @Test
  void a_key_alone_means_huggingface_and_a_small_model() {
    assertThat(read(Map.of("HF_TOKEN", "hf_abc\n")).model())
        .isEqualTo(
            new ModelSettings.Server(
                URI.create("https://router.huggingface.co/v1"),
                Optional.of(new Secret("hf_abc")),
                "meta-llama/Llama-3.1-8B-Instruct"));
  }

  @Test
  void a_server_alone_needs_no_key() {
    var model =
        read(Map.of("MODEL_URL", "http://localhost:11434/v1/", "MODEL_NAME", "llama3.2")).model();

    assertThat(model)
        .isEqualTo(
            new ModelSettings.Server(
                URI.create("http://localhost:11434/v1"), Optional.empty(), "llama3.2"));
  }

  @Test
  void a_web_alone_is_told_the_name_of_the_model_and_no_key() {
    var environment = Map.of("RABBITMQ_URL", "amqp://localhost", "MODEL_NAME", "llama3.2");

    assertThat(Settings.from(environment, Layout.WEB).model().name()).isEqualTo("llama3.2");
    assertThat(Settings.from(environment, Layout.WORKER).model().name()).isEqualTo("echo");
    assertThat(read(environment).model().name()).isEqualTo("echo");
  }

  @Test
  void echo_can_be_had_in_spite_of_a_key() {
    var settings = read(Map.of("MODEL_URL", "echo", "HUGGINGFACE_API_KEY", "hf_abc"));

    assertThat(settings.model()).isEqualTo(new ModelSettings.Echo());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "router.huggingface.co/v1",
        "ftp://models/v1",
        "https://user:pass@models/v1",
        "https://models/v1?key=1",
        "https://mod els"
      })
  void a_model_url_that_can_not_work_is_refused(String url) {
    assertThat(problems(Map.of("MODEL_URL", url)))
        .extracting(Problem::variable)
        .containsExactly("MODEL_URL");
  }

  @Test
  void secrets_are_shown_neither_in_settings_nor_in_problems() {
    var good =
        Map.of(
            "HUGGINGFACE_API_KEY", "canary1",
            "RABBITMQ_URL", "amqp://recado:canary2@broker");
    var bad =
        Map.of(
            "HUGGINGFACE_API_KEY", "canary1 canary1",
            "RABBITMQ_URL", "amqp://recado:canary2 canary2@broker");

    assertThat(read(good).toString()).doesNotContain("canary");
    assertThat(problems(bad)).hasSize(2);
    assertThat(problems(bad).toString()).doesNotContain("canary");
  }

  @Test
  void webhooks_are_off_until_there_is_a_secret() {
    assertThat(read(Map.of()).webhooks()).isEqualTo(WebhookSettings.OFF);
  }

  @Test
  void one_webhook_secret_may_replace_another() {
    var secrets = "whsec_" + "A".repeat(32) + "  whsec_" + "B".repeat(84) + "Bw==";
    var webhooks =
        read(Map.of("RECADO_WEBHOOK_SECRET", secrets, "RECADO_WEBHOOK_ALLOW_PRIVATE", "true"))
            .webhooks();

    assertThat(webhooks.secrets()).hasSize(2);
    assertThat(webhooks.allowsPrivate()).isTrue();
    assertThat(webhooks.toString()).doesNotContain("whsec_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "whsec_", "whsec_AAAA", "whsec_!", "whsec_toolong"})
  void a_webhook_secret_that_is_none_is_refused_without_being_shown(String secret) {
    var padded = secret.replace("toolong", "A".repeat(88));
    assertThat(problems(Map.of("RECADO_WEBHOOK_SECRET", padded)))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.variable()).isEqualTo("RECADO_WEBHOOK_SECRET");
          assertThat(problem.what()).contains("24 to 64").doesNotContain("AAAA");
        });
    assertThat(problems(Map.of("RECADO_WEBHOOK_ALLOW_PRIVATE", "yes"))).hasSize(1);
  }

  // ---- who may come in ----

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.7", "recado.internal"})
  void where_others_can_come_in_somebody_has_to_say_that_they_may(String host) {
    assertThat(problems(Map.of("RECADO_HOST", host)))
        .singleElement()
        .extracting(Problem::toString)
        .asString()
        .startsWith("RECADO_HOST ")
        .contains("RECADO_ACCESS=open", "leave and read jobs", "RECADO_ADMIN_TOKEN", "loopback");
  }

  @ParameterizedTest
  @CsvSource({"RECADO_ACCESS, open", "RECADO_ADMIN_TOKEN, 0123456789abcdef"})
  void either_setting_says_so(String name, String value) {
    for (var layout : List.of(Layout.TOGETHER, Layout.WEB)) {
      var environment =
          Map.of("RECADO_HOST", "0.0.0.0", "RABBITMQ_URL", "amqp://localhost", name, value);

      assertThat(Settings.from(environment, layout).listen().host().isWildcard()).isTrue();
    }
  }

  @Test
  void nobody_comes_in_at_a_worker_or_on_loopback() {
    var apart = Map.of("RECADO_HOST", "0.0.0.0", "RABBITMQ_URL", "amqp://localhost");

    assertThat(Settings.from(apart, Layout.WORKER).access()).isEqualTo(AccessSettings.UNDECIDED);
    assertThat(read(Map.of("RECADO_HOST", "::1")).access()).isEqualTo(AccessSettings.UNDECIDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"closed", "true", "OPEN", "open to all"})
  void there_is_one_word_for_open(String word) {
    assertThat(problems(Map.of("RECADO_ACCESS", word))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"canary", "canary canary canary", "canarycanary123", "canaryçcanaryçcanary"})
  void a_token_that_will_not_do_is_refused_without_being_shown(String token) {
    var problems = problems(Map.of("RECADO_ADMIN_TOKEN", token, "RECADO_HOST", "0.0.0.0"));

    assertThat(problems).extracting(Problem::variable).containsExactly("RECADO_ADMIN_TOKEN");
    assertThat(problems.toString()).doesNotContain("canary");
    assertThat(problems(Map.of("RECADO_ADMIN_TOKEN", "x".repeat(513)))).hasSize(1);
  }

  @Test
  void a_token_does_not_show() {
    var settings = read(Map.of("RECADO_ADMIN_TOKEN", "canarycanarycanary"));

    assertThat(settings.access().adminToken()).contains(new Secret("canarycanarycanary"));
    assertThat(settings.toString()).doesNotContain("canary");
  }

  private static Settings read(Map<String, String> environment) {
    return Settings.from(environment, Layout.TOGETHER);
  }

  private static List<Problem> problems(Map<String, String> environment) {
    return catchThrowableOfType(SettingsException.class, () -> read(environment)).problems();
  }
}
