package dev.recado.e2e.security;

import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import dev.recado.e2e.nginx.RawHttp;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/** Whatever clients and model servers say, no header and no log line is of their making. */
@Tag("process")
class LogLinesTest {
  private static final String FORGED = "2026-01-01T00:00:00.000Z ERROR Store: forged";
  private static final String HOSTILE =
      "a\\r\\nSet-Cookie: forged=1\\n" + FORGED + "\\u001b[31m\\u202E\\u2028\\u0085";
  private static final Duration BOUND = Duration.ofSeconds(60);

  @RegisterExtension final Harness harness = new Harness();

  private RecadoProcess recado;
  private ApiClient client;

  @BeforeEach
  void start() {
    var settings = Map.of("MODEL_URL", harness.model().url(), "RECADO_LOG_LEVEL", "DEBUG");
    recado = harness.up(settings);
    client = recado.client();
  }

  @Test
  void texts_that_forge_lines_reach_neither_headers_nor_log() {
    for (var model :
        new String[] {"fake?repeat=1", "fake?status=400&quote=1", "fake?status=401&quote=1"}) {
      var answer =
          post(
              "\"text\":\""
                  + HOSTILE
                  + "\",\"system\":\""
                  + HOSTILE
                  + "\",\"metadata\":{\"a\":\""
                  + HOSTILE
                  + "\"},\"model\":\""
                  + model
                  + "\"");
      assertThat(answer).startsWith("HTTP/1.1 202 ").doesNotContain("forged");
      var id = answer.replaceAll("(?s).*\"job_id\":\"([^\"]+)\".*", "$1");
      client.awaitDone(id, BOUND);
      assertThat(get("/api/result/" + id, "")).doesNotContain("\nSet-Cookie", "\u001b");
    }
    assertThat(post("\"text\":\"a\",\"model\":\"" + HOSTILE + "\"")).startsWith("HTTP/1.1 400 ");
    assertThat(post("\"text\":\"a\",\"" + HOSTILE + "\":1"))
        .startsWith("HTTP/1.1 400 ")
        .doesNotContain("\nSet-Cookie", "\u001b");

    assertOneLineEach();
  }

  @Test
  void headers_and_paths_that_forge_lines_come_back_in_no_header_and_no_line() {
    for (var sent :
        new String[] {
          "X-Request-Id: a\u001b[31m", "X-Request-Id: a\tb",
              "X-Request-Id: a%0d%0aSet-Cookie:%20forged",
          "X-Request-Id: \u00e2\u0080\u00ae", "Last-Event-ID: \u001b[31m",
              "X-Request-Id: a\rSet-Cookie: forged=1"
        }) {
      assertThat(get("/api/jobs/forged%0d%0aSet-Cookie:%20forged", sent + "\r\n"))
          .startsWith("HTTP/1.1 4")
          .doesNotContain("forged", "\u001b", "\nSet-Cookie");
    }
    assertOneLineEach();
  }

  @Test
  void for_machines_each_line_is_an_object_and_no_text_is_in_it() {
    recado.stop();
    var settings =
        Map.of(
            "MODEL_URL", harness.model().url(),
            "RECADO_LOG_LEVEL", "DEBUG",
            "RECADO_LOG_FORMAT", "json");
    recado = harness.up(settings);
    client = recado.client();
    var done = client.submit("canary one", "fake?status=500&quote=1&times=1");
    var failed = client.submit("canary two", "fake?status=400&quote=1");
    client.awaitDone(done, BOUND);
    client.awaitDone(failed, BOUND);
    recado.stop();

    assertThat(recado.log()).doesNotContain("canary").matches("[ -~\\n]*");
    var events = recado.log().lines().map(JsonMapper.shared()::readTree).toList();
    assertThat(events).allMatch(event -> event.has("time") && event.has("message"));
    assertThat(events)
        .filteredOn(event -> event.path("job_id").asString("").equals(done))
        .extracting(event -> event.get("event").asString())
        .containsExactlyInAnyOrder(
            "job.accepted", "job.claimed", "job.retried", "job.claimed", "job.succeeded");
    assertThat(events)
        .filteredOn(event -> event.path("job_id").asString("").equals(failed))
        .extracting(event -> event.get("event").asString())
        .containsExactlyInAnyOrder("job.accepted", "job.claimed", "job.failed");
    assertThat(events)
        .extracting(event -> event.path("event").asString(""))
        .contains("worker.started", "process.ready", "process.stopping", "process.stopped");
  }

  private String post(String members) {
    var body = "{" + members + "}";
    var answer =
        client.send("POST", "/api/predict", ofString(body), "Content-Type", "application/json");
    return "HTTP/1.1 " + answer.statusCode() + " \n" + answer.headers().map() + answer.body();
  }

  private String get(String path, String headers) {
    return new RawHttp(recado.uri())
        .send(
            "GET "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + headers
                + "\r\n");
  }

  /** Traces are indented; every other line is an event of ours. */
  private void assertOneLineEach() {
    assertThat(recado.log().lines().filter(line -> !line.startsWith("  ")))
        .isNotEmpty()
        .allMatch(line ->
            line.matches("\\d{4}-\\d\\d-\\d\\dT\\S+ (DEBUG|INFO |WARN |ERROR) \\w+: .*|[^\\d].*"));
    assertThat(recado.log())
        .doesNotContainPattern("[\\p{C}\\x{2028}\\x{2029}&&[^\\n\\t]]")
        .doesNotContain("forged");
  }
}
