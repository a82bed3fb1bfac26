package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.config.AccessSettings;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is an operator where there is no token. */
class OperatorAtThisMachineTest {
  private static final String OVERVIEW = "/api/console/overview";

  @RegisterExtension final RunningWeb web = new RunningWeb();

  @Test
  void whoever_sits_here_is_one() {
    web.get(OVERVIEW).expect(200);
    web.get("/console").expect(200);
    web.post("/api/console/pause").expect(200);
    assertThat(web.get("/api/console/session").expect(200).text())
        .isEqualTo("{\"required\":false,\"authenticated\":true}");
    assertThat(
            web.postJson("/api/console/login", "{\"token\":\"x\"}")
                .expect(204)
                .header("Set-Cookie"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:8080", "127.0.0.1:1", "[::1]:8080", "recado.localhost"})
  void by_a_name_of_this_machine(String host) {
    assertThat(raw("HTTP/1.1", host)).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-For, 127.0.0.1",
    "x-forwarded-for, 203.0.113.9",
    "X-Forwarded-Host, recado.example.org",
    "X-Forwarded-Proto, https",
    "Forwarded, for=127.0.0.1",
    "X-Real-IP, 127.0.0.1",
    "Via, 1.1 proxy"
  })
  void behind_a_proxy_are_strangers_and_for_them_there_is_nothing(String name, String value) {
    var nothing = web.get("/nothing").expectProblem(404, "not_found");
    for (var path : new String[] {OVERVIEW, "/api/console/session", "/api/console/jobs"}) {
      var answer = web.get(path, name, value).expectProblem(404, "not_found");
      assertThat(answer.member("detail")).isEqualTo(nothing.member("detail"));
    }
    for (var path : new String[] {"/console", "/console/", "/console/console.js"}) {
      web.get(path, name, value).expectProblem(404, "not_found");
    }
    web.post("/api/console/pause", name, value).expect(404);
    web.postJson("/api/console/login", "{\"token\":\"x\"}", name, value).expect(404);
    assertThat(web.get("/api/queue").json().get("paused_since").isNull()).isTrue();
  }

  @Test
  void an_empty_header_of_a_proxy_is_one_as_well() {
    assertThat(
            web.raw(
                "GET "
                    + OVERVIEW
                    + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For:\r\n"
                    + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 404 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs.recado.com", "192.168.0.1", "web", "recado.local", "0.0.0.0"})
  void a_proxy_that_says_nothing_passes_on_the_name_it_was_called_by(String host) {
    assertThat(raw("HTTP/1.1", host)).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void a_proxy_that_says_nothing_at_all_speaks_old_http() {
    assertThat(raw("HTTP/1.0", "127.0.0.1:8080")).startsWith("HTTP/1.1 404 ");
  }

  private String raw(String version, String host) {
    return web.raw(
        "GET " + OVERVIEW + " " + version + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example",
    "Sec-Fetch-Site, cross-site",
    "Origin, http://localhost"
  })
  void a_page_of_another_origin_may_change_nothing(String name, String value) {
    web.post("/api/console/pause", name, value).expectProblem(403, "cross_site_request");
  }

  @Nested
  class Reachable_from_elsewhere {
    @RegisterExtension
    final RunningWeb open = new RunningWeb(new AccessSettings(true, Optional.empty()), "0.0.0.0");

    @Test
    void nobody_is_one() {
      open.get(OVERVIEW).expectProblem(404, "not_found");
      open.get("/api/console/session").expect(404);
      open.get("/console").expect(404);
      open.postJson("/api/console/login", "{\"token\":\"x\"}").expect(404);
      open.get("/api/queue").expect(200);
    }

    @ParameterizedTest
    @CsvSource({
      "GET, /api/console/pause",
      "OPTIONS, /api/console/pause",
      "POST, /api/console/overview",
      "OPTIONS, /api/console/overview",
      "DELETE, /console",
      "OPTIONS, /console/"
    })
    void nothing_tells_that_there_could_be_a_console(String method, String path) {
      var nothing = open.send(method, "/nothing", RunningWeb.NOTHING);
      var answer = open.send(method, path, RunningWeb.NOTHING);
      assertThat(answer.status()).isEqualTo(nothing.status());
      assertThat(answer.header("Allow")).isEqualTo(nothing.header("Allow"));
    }
  }
}
