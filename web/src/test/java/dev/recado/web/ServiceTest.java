package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue, health, greetings, and what goes for every path. */
class ServiceTest {
  @RegisterExtension final RunningWeb web = new RunningWeb();

  @Test
  void the_queue_at_a_glance() {
    web.submit("first");
    web.clock.advance(Duration.ofSeconds(5));
    web.submit("second");
    web.claim();
    web.clock.advance(Duration.ofMillis(3_500));
    assertThat(web.get("/api/queue").expect(200).text())
        .isEqualTo(
            "{\"paused_since\":null,\"queued\":1,\"processing\":1,\"oldest_age_seconds\":3,"
                + "\"workers\":[{"
                + "\"id\":\"worker-1\",\"slots\":8,\"running\":1,"
                + "\"last_seen\":\"2026-11-21T12:00:00.000Z\"}],\"dead\":0}");
  }

  @Test
  void an_empty_queue_has_no_oldest_job() {
    assertThat(web.get("/api/queue").json().get("oldest_age_seconds").isNull()).isTrue();
  }

  @Test
  void the_process_is_alive_even_without_a_store() {
    web.store.close();
    assertThat(web.get("/healthz").expect(200).text()).isEqualTo("{\"status\":\"ok\"}");
  }

  @Test
  void ready_means_store_and_doorbell() {
    assertThat(web.get("/readyz").expect(200).text()).isEqualTo("{\"status\":\"ready\"}");
  }

  @Test
  void not_ready_tells_each_reason() {
    web.doorbell.close();
    assertThat(web.get("/readyz").expectProblem(503, "not_ready").member("error"))
        .isEqualTo("not ready: broker");
    web.store.close();
    var answer = web.get("/readyz").expectProblem(503, "not_ready");
    assertThat(answer.member("error")).isEqualTo("not ready: store, broker");
    assertThat(answer.json().get("reasons").toString()).isEqualTo("[\"store\",\"broker\"]");
    assertThat(answer.header("Retry-After")).hasValue("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api", "/api/"})
  void somebody_is_there(String path) {
    var answer = web.get(path).expect(200);
    assertThat(answer.text()).isEqualTo("Hello, World!");
    assertThat(answer.header("Content-Type")).hasValue("text/plain;charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/api/nothing", "/api/jobs/a/b", "/api/result", "/v3/models"})
  void an_unknown_path_is_a_404(String path) {
    web.get(path).expectProblem(404, "not_found");
    web.post(path).expectProblem(404, "not_found");
    web.get(path, "Accept", "text/html").expectProblem(404, "not_found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /api/predict       | OPTIONS, POST
          PUT    | /api/predict       | OPTIONS, POST
          PATCH  | /predict           | OPTIONS, POST
          TRACE  | /api/predict       | OPTIONS, POST
          POST   | /api/result/x      | GET, HEAD, OPTIONS
          DELETE | /result/x          | GET, HEAD, OPTIONS
          PUT    | /api/jobs/x        | DELETE, GET, HEAD, OPTIONS
          POST   | /api/jobs          | GET, HEAD, OPTIONS
          GET    | /api/jobs/x/cancel | OPTIONS, POST
          GET    | /api/jobs/x/retry  | OPTIONS, POST
          POST   | /api/queue         | GET, HEAD, OPTIONS
          POST   | /                  | GET, HEAD, OPTIONS
          POST   | /healthz           | GET, HEAD, OPTIONS
          """)
  void another_method_is_a_405_that_names_the_right_ones(String method, String path, String allow) {
    var answer = web.send(method, path, RunningWeb.NOTHING);
    answer.expectProblem(405, "method_not_allowed");
    assertThat(answer.header("Allow")).hasValue(allow);
    var html = web.send(method, path, RunningWeb.NOTHING, "Accept", "text/html");
    assertThat(html.expectProblem(405, "method_not_allowed").header("Allow")).hasValue(allow);
  }

  @Test
  void options_names_the_methods_and_grants_nothing() {
    var answer =
        web.send(
            "OPTIONS",
            "/api/predict",
            RunningWeb.NOTHING,
            "Origin",
            "https://evil.example",
            "Access-Control-Request-Method",
            "POST");
    answer.expect(204);
    assertThat(answer.header("Allow")).hasValue("OPTIONS, POST");
    assertThat(answer.response().headers().map().keySet())
        .noneMatch(name -> name.startsWith("access-control"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/queue", "/healthz", "/nothing", "/api/result/x", "/"})
  void every_answer_has_an_id_and_says_what_may_not_be_done_with_it(String path) {
    var answer = web.get(path);
    assertThat(answer.header("X-Request-Id")).get().asString().matches("[0-9a-f]{32}");
    assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.header("Content-Security-Policy"))
        .hasValue("default-src 'none'; frame-ancestors 'none'");
    assertThat(answer.header("Cache-Control")).hasValue("no-store");
    assertThat(answer.header("Server")).isEmpty();
    assertThat(answer.header("Set-Cookie")).isEmpty();
  }

  @Test
  void a_sane_request_id_is_kept() {
    assertThat(web.get("/healthz", "X-Request-Id", "My_id-1.2").header("X-Request-Id"))
        .hasValue("My_id-1.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\"b", "<script>", "a\tb", "é", "a,b", "${jndi:x}"})
  void any_other_request_id_is_replaced(String id) {
    assertThat(web.get("/nothing", "X-Request-Id", id).header("X-Request-Id"))
        .get()
        .asString()
        .matches("[0-9a-f]{32}");
    assertThat(web.get("/healthz", "X-Request-Id", "a".repeat(129)).header("X-Request-Id"))
        .get()
        .asString()
        .hasSize(32);
  }
}
