package dev.recado.e2e.nginx;

import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes the edge, and as what it arrives. */
@Tag("nginx")
@TestInstance(Lifecycle.PER_CLASS)
class EdgeTest {
  @RegisterExtension static final Harness harness = new Harness();

  private Nginx nginx;
  private ApiClient client;

  @BeforeAll
  void start() {
    nginx = harness.own(Nginx.before(harness.up(Map.of()).uri(), harness.folder()));
    client = nginx.client();
  }

  @Test
  void the_configuration_is_valid_without_a_warning() {
    assertThat(nginx.check()).contains("test is successful").doesNotContain("[warn]");
  }

  @Test
  void the_page_is_served_at_the_root() {
    var page = client.get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(page.body()).startsWith("<!doctype html>");
  }

  @Test
  void a_job_goes_in_and_its_result_comes_out() {
    var id = client.submit("olá pela porta da frente");

    client.awaitDone(id, Duration.ofSeconds(10));

    assertThat(client.content(id)).contains("olá pela porta da frente");
  }

  @Test
  void the_description_passes_with_its_own_policy() {
    var page = client.get("/docs");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains("style-src 'self'")
        .doesNotContain("unsafe");
    assertThat(client.get("/docs/style.css").statusCode()).isEqualTo(200);
    assertThat(client.get("/openapi.json").body()).contains("\"openapi\"");
  }

  @Test
  void the_aliases_without_the_prefix_reach_web() {
    var answer = client.post("/predict", Map.of("text", "olá"));

    assertThat(answer.statusCode()).isEqualTo(202);
    var id = ApiClient.json(answer).get("job_id").asString();
    client.awaitDone(id, Duration.ofSeconds(10));
    assertThat(client.get("/result/" + id).statusCode()).isEqualTo(200);
  }

  @Test
  void a_slash_at_the_end_of_a_path_changes_nothing() {
    assertThat(client.get("/docs/").statusCode()).isEqualTo(200);
    assertThat(client.post("/predict/", Map.of("text", "olá")).statusCode()).isEqualTo(202);
  }

  @Test
  void a_model_s_name_may_have_a_slash_however_it_is_written() {
    for (var name : List.of("some/model", "some%2Fmodel")) {
      var answer = client.get("/v1/models/" + name);

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("model_not_found");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metrics",
        "/readyz",
        "/healthz",
        "/api/../readyz",
        "/api/%2e%2e/readyz",
        "/api/..%2freadyz",
        "/api/..;/readyz",
        "/api/%2e%2e;/readyz",
        "/v1/..%5creadyz",
        "/console"
      })
  void what_is_the_operators_does_not_pass(String path) {
    var answer =
        new RawHttp(nginx.uri())
            .send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 4").contains("\"code\":");
  }

  @Test
  void the_console_passes_where_a_token_guards_it() {
    var web = harness.up(Map.of("RECADO_ADMIN_TOKEN", "correct-horse-battery-staple"));
    var guarded = harness.own(Nginx.before(web.uri(), harness.folder())).client();

    var page = guarded.get("/console");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.headers().allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains("script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(guarded.get("/console/console.js").statusCode()).isEqualTo(200);
    assertThat(guarded.get("/console/vendor/chart.js").body()).contains("Chart.js");
    assertThat(guarded.get("/api/console/overview").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/.env", "/.git/config", "/api/.hidden", "/%2egit/config"})
  void dotfiles_do_not_exist(String path) {
    assertThat(client.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void an_id_the_client_chose_is_the_requests_id() {
    var answer = client.send("GET", "/api/", null, "X-Request-Id", "ticket-42");

    assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("ticket-42");
  }

  @Test
  void an_id_is_made_up_where_there_is_none() {
    assertThat(client.get("/api/").headers().allValues("X-Request-Id"))
        .singleElement()
        .asString()
        .hasSizeGreaterThan(15);
  }

  @Test
  void the_access_log_names_neither_query_nor_prompt() {
    client.send(
        "POST",
        "/api/predict?q=canary-in-query",
        ofString("{\"text\":\"canary-in-prompt\"}"),
        "Content-Type",
        "application/json");

    await().until(() -> nginx.said().contains("/api/predict")); // written after the answer
    assertThat(nginx.said()).doesNotContain("canary");
  }
}
