package dev.recado.e2e.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * {@code docker compose --profile observability up}, but for Grafana, whose image is not to be had
 * everywhere these tests run.
 */
@Tag("docker")
@Tag("soak")
@TestInstance(Lifecycle.PER_CLASS)
class ObservabilityTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @RegisterExtension static final Harness harness = new Harness();

  private ComposeStack stack;
  private ApiClient prometheus;

  @BeforeAll
  void up() {
    stack = harness.own(ComposeStack.up(harness.folder()));
    stack.compose("--profile", "observability", "up", "--detach", "--wait", "prometheus");
    prometheus = new ApiClient(stack.prometheus());
  }

  @Test
  void prometheus_reaches_web_and_workers() {
    awaitValue("count(up{job=\"recado-web\"} == 1)", 1);
    awaitValue("count(up{job=\"recado-worker\"} == 1)", 1);
    assertThat(query("count(up == 0)")).isEmpty();
  }

  @Test
  void what_happens_to_jobs_is_seen_there() {
    var client = stack.client();
    client.awaitDone(client.submit("contado"), PATIENCE);

    awaitValue("sum(recado_jobs_accepted_total{job=\"recado-web\"})", 1);
    awaitValue("sum(recado_jobs_ended_total{job=\"recado-worker\",outcome=\"succeeded\"})", 1);
    awaitValue("max(recado_workers)", 1);
  }

  @Test
  void the_rules_are_loaded_and_work() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          var rules = get("/api/v1/rules").at("/data/groups/0/rules");
          assertThat(rules).hasSizeGreaterThan(10);
          assertThat(rules.valueStream().map(rule -> rule.get("health").asString()))
              .containsOnly("ok");
        });
  }

  @Test
  void prometheus_has_no_right_it_does_not_need() {
    stack.containers("prometheus").forEach(Hardening::check);
  }

  private void awaitValue(String expression, double value) {
    await(expression)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> query(expression).equals(List.of(value)));
  }

  private List<Double> query(String expression) {
    var query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    return get("/api/v1/query?query=" + query)
        .at("/data/result")
        .valueStream()
        .map(series -> Double.valueOf(series.at("/value/1").asString()))
        .toList();
  }

  private JsonNode get(String path) {
    return ApiClient.json(prometheus.get(path));
  }
}
