package dev.recado.e2e.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.Project;
import dev.recado.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /metrics} of the running program, after jobs that went in all kinds of ways. */
@Tag("process")
@TestInstance(Lifecycle.PER_CLASS)
class MetricsTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String STREAMED = "fake?tokens=7&tps=200";
  private static final String FAILED = "fake?status=400";
  private static final String RETRIED = "fake?status=503&times=1";

  /** Made by Prometheus itself. */
  private static final Set<String> ITS_OWN = Set.of("up");

  @RegisterExtension static final Harness harness = new Harness();

  private ApiClient client;
  private Exposition metrics;

  @BeforeAll
  void jobs_that_went_in_all_kinds_of_ways() {
    var settings =
        Map.of(
            "MODEL_URL",
            harness.model().url(),
            "MODEL_NAME",
            STREAMED,
            "RECADO_WEBHOOK_SECRET",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    client = harness.up(settings).client();
    var ids =
        List.of(
            client.submit("uma resposta", STREAMED),
            client.submit("outra resposta", STREAMED),
            client.submit("não vai", FAILED),
            client.submit("de novo", RETRIED));
    var canceled = client.submit("já não", "fake?stall=1");
    client.awaitStatus(canceled, "processing", BOUND);
    client.cancel(canceled);
    ids.forEach(id -> client.awaitDone(id, BOUND));
    client.awaitDone(canceled, BOUND);
    await().atMost(BOUND).until(() -> calls(read(client)) == 6);
    metrics = read(client);
  }

  private static double calls(Exposition metrics) {
    return metrics.sum("gen_ai_client_operation_duration_seconds_count");
  }

  private static Exposition read(ApiClient client) {
    var answer = client.get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .get()
        .asString()
        .startsWith("text/plain; version=0.0.4");
    return Exposition.of(answer.body());
  }

  @Test
  void prometheus_finds_no_fault_with_it() {
    Promtool.assumeInstalled();

    assertThat(Promtool.run(metrics.text(), "check", "metrics")).isEmpty();
  }

  @Test
  void jobs_are_counted_by_their_ends() {
    assertThat(metrics.sum("recado_jobs_accepted_total")).isEqualTo(5);
    assertThat(ended("succeeded", "")).isEqualTo(3);
    assertThat(ended("failed", "provider_bad_request")).isEqualTo(1);
    assertThat(ended("canceled", "")).isEqualTo(1);
    assertThat(metrics.sum("recado_jobs_ended_total")).isEqualTo(5);
    assertThat(metrics.sum("recado_job_retries_total", "cause=\"provider_overloaded\""))
        .isEqualTo(1);
  }

  private double ended(String outcome, String code) {
    return metrics.sum(
        "recado_jobs_ended_total", "outcome=\"" + outcome + "\"", "code=\"" + code + "\"");
  }

  @Test
  void times_of_jobs_are_measured_once_for_each() {
    assertThat(metrics.sum("recado_job_queue_seconds_count")).isEqualTo(5);
    assertThat(metrics.sum("recado_job_run_seconds_count")).isEqualTo(4);
    assertThat(metrics.sum("recado_job_total_seconds_count")).isEqualTo(4);
    assertThat(metrics.sum("recado_job_total_seconds_sum"))
        .isGreaterThan(metrics.sum("recado_job_run_seconds_sum"));
  }

  @Test
  void calls_tokens_and_first_tokens_are_told_by_model() {
    var streamed = "gen_ai_request_model=\"" + STREAMED + "\"";

    assertThat(metrics.sum("gen_ai_client_operation_duration_seconds_count", streamed, noError()))
        .isEqualTo(2);
    assertThat(metrics.sum("gen_ai_server_time_to_first_token_seconds_count", streamed))
        .isEqualTo(2);
    assertThat(
            metrics.sum("gen_ai_client_token_usage_sum", streamed, "gen_ai_token_type=\"output\""))
        .isEqualTo(14);
    assertThat(
            metrics.sum(
                "gen_ai_client_operation_duration_seconds_count", "error_type=\"canceled\""))
        .isEqualTo(1);
  }

  private static String noError() {
    return "error_type=\"\"";
  }

  @Test
  void requests_are_told_by_the_routes_they_took() {
    client.get("/nowhere/at/all");
    client.get("/api/jobs/not-an-id");
    var now = read(client);

    assertThat(requests(metrics, "POST", "/api/predict", 202)).isEqualTo(5);
    assertThat(requests(now, "GET", "/api/jobs/{id}", 404)).isEqualTo(1);
    assertThat(requests(now, "GET", "", 404)).isEqualTo(1);
    assertThat(now.text()).doesNotContain("nowhere", "not-an-id");
  }

  private static double requests(Exposition metrics, String method, String route, int status) {
    return metrics.sum(
        "http_server_request_duration_seconds_count",
        "http_request_method=\"" + method + "\"",
        "http_route=\"" + route + "\"",
        "http_response_status_code=\"" + status + "\"");
  }

  @Test
  void the_queue_the_store_and_the_worker_show_how_they_stand() {
    await().atMost(BOUND).until(() -> read(client).sum("recado_worker_slots", "taken") == 0);
    var now = read(client);

    assertThat(now.sum("recado_queue_jobs")).isZero();
    assertThat(now.sum("recado_workers")).isEqualTo(1);
    assertThat(now.sum("recado_worker_slots", "state=\"free\"")).isEqualTo(64);
    assertThat(now.sum("recado_store_available")).isEqualTo(1);
    assertThat(now.sum("recado_store_disk_free_bytes")).isPositive();
    assertThat(now.sum("recado_store_commit_seconds_count")).isPositive();
    assertThat(now.sum("recado_store_commit_commands_sum"))
        .isGreaterThanOrEqualTo(now.sum("recado_store_commit_seconds_count"));
  }

  @Test
  void a_pause_shows() {
    client.post("/api/console/pause", Map.of());
    try {
      await().atMost(BOUND).until(() -> read(client).sum("recado_queue_paused") == 1);
    } finally {
      client.post("/api/console/resume", Map.of());
    }
    await().atMost(BOUND).until(() -> read(client).sum("recado_queue_paused") == 0);
  }

  @Test
  void names_that_clients_make_up_become_no_labels() {
    var ids =
        IntStream.range(0, 60).mapToObj(i -> client.submit("x", "fake?status=404&n=" + i)).toList();
    ids.forEach(id -> client.awaitDone(id, BOUND));

    assertThat(read(client).text()).doesNotContain("status=404").contains("\"other\"");
  }

  @Test
  void what_alerts_and_dashboard_ask_for_is_there() throws IOException {
    var rules = Files.readString(Project.root().resolve(AlertsTest.RULES));
    var asked = new TreeSet<String>();
    for (var expression : expressions(rules)) {
      asked.addAll(Expressions.metrics(expression));
    }
    for (var target : dashboard().findValues("expr")) {
      asked.addAll(Expressions.metrics(target.asString()));
    }
    asked.removeAll(ITS_OWN);

    assertThat(asked).hasSizeGreaterThan(20);
    assertThat(metrics.names()).containsAll(asked);
  }

  @Test
  void every_metric_of_ours_is_described() throws IOException {
    var described = Files.readString(Project.root().resolve("docs/metrics.md"));

    assertThat(metrics.names())
        .filteredOn(name -> name.matches("(recado|gen_ai|http)_.*"))
        .extracting(name -> name.replaceFirst("_(bucket|count|sum|max)$", ""))
        .allSatisfy(name -> assertThat(described).contains("`" + name + "`"));
  }

  /** Each is on its line, or on the lines that follow and are indented further. */
  private static Set<String> expressions(String rules) {
    return Arrays.stream(rules.split("- alert:", -1))
        .skip(1)
        .map(rule -> rule.replaceAll("(?s).*?expr:(.*?)\n        (for|labels):.*", "$1"))
        .map(expression -> expression.replaceFirst("^ \\|", ""))
        .collect(Collectors.toSet());
  }

  /** As far as can be said without a Grafana: none has loaded it. */
  @Test
  void the_dashboard_has_what_grafana_needs() throws IOException {
    var dashboard = dashboard();

    assertThat(dashboard.get("uid").asString()).isEqualTo("recado");
    assertThat(dashboard.get("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
    var panels = dashboard.get("panels");
    assertThat(panels.findValues("id").stream().distinct()).hasSameSizeAs(panels);
    for (var panel : panels) {
      assertThat(panel.get("type").asString()).isIn("row", "stat", "timeseries");
      assertThat(panel.get("title").asString()).isNotBlank();
      assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
          .isLessThanOrEqualTo(24);
      for (var target : panel.path("targets")) {
        assertThat(target.at("/datasource/uid").asString()).isEqualTo("prometheus");
        assertThat(target.get("refId").asString()).isNotBlank();
      }
    }
  }

  private static JsonNode dashboard() throws IOException {
    var file = Project.root().resolve("docker/observability/dashboards/recado.json");
    return JsonMapper.shared().readTree(Files.readString(file));
  }

  @Test
  void a_worker_shows_its_own_where_it_is_told_to() {
    var port = FreePort.next();
    harness.worker(
        Map.of(
            "RECADO_DATABASE_URL",
            "jdbc:sqlite:" + harness.folder().resolve("apart.db"),
            "RABBITMQ_URL",
            "amqp://recado:secret@127.0.0.1:" + FreePort.next(),
            "RECADO_METRICS_PORT",
            String.valueOf(port)));
    var worker = new ApiClient(URI.create("http://127.0.0.1:" + port));
    await().atMost(BOUND).until(() -> worker.answers("/metrics", 200));

    var shown = read(worker);

    assertThat(shown.sum("recado_worker_slots", "state=\"free\"")).isEqualTo(64);
    assertThat(shown.sum("recado_worker_lease_held")).isEqualTo(1);
    assertThat(shown.sum("recado_doorbell_connected", "direction=\"in\"")).isZero();
    assertThat(shown.names()).doesNotContain("recado_queue_jobs");
    assertThat(worker.get("/metrics/more").statusCode()).isEqualTo(404);
    assertThat(worker.post("/metrics", Map.of()).statusCode()).isEqualTo(405);
  }
}
