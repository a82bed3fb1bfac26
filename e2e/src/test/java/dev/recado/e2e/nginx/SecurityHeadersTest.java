package dev.recado.e2e.nginx;

import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same headers, each once, whoever answers and whatever the answer is. */
@Tag("nginx")
class SecurityHeadersTest {
  private static final Map<String, String> EXPECTED =
      Map.of(
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Server",
          "nginx");

  @RegisterExtension final Harness harness = new Harness();

  private RecadoProcess web;
  private ApiClient client;

  @BeforeEach
  void start() {
    web = harness.up(Map.of());
    client = harness.own(Nginx.before(web.uri(), harness.folder())).client();
  }

  @Test
  void every_answer_carries_them() {
    var page = client.get("/");
    assertHeaders(200, page);
    var tag = page.headers().firstValue("ETag").orElseThrow();
    assertHeaders(304, client.send("GET", "/", null, "If-None-Match", tag));
    assertHeaders(200, client.get("/api/"));
    assertHeaders(202, client.post("/api/predict", Map.of("text", "olá")));
    assertHeaders(404, client.get("/nothing"));
    assertHeaders(404, client.get("/api/jobs/nothing"));
    assertHeaders(405, client.send("PUT", "/api/predict", null));
    assertHeaders(413, client.send("POST", "/api/predict", ofString("x".repeat(1_000_001))));
    assertHeaders(429, firstRefused());
    web.kill();
    assertHeaders(502, client.get("/v1/models"));
  }

  private HttpResponse<String> firstRefused() {
    return IntStream.range(0, 600)
        .parallel()
        .mapToObj(_ -> client.get("/api/"))
        .filter(answer -> answer.statusCode() == 429)
        .findAny()
        .orElseThrow();
  }

  private static void assertHeaders(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    EXPECTED.forEach((name, value) ->
        assertThat(answer.headers().allValues(name))
            .as("%s on %d", name, status)
            .isEqualTo(List.of(value)));
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .as("policy on %d", status)
        .singleElement()
        .asString()
        .startsWith("default-src 'none'; ")
        .endsWith("frame-ancestors 'none'");
    assertThat(answer.headers().allValues("X-Request-Id")).hasSize(1);
    assertThat(answer.headers().allValues("Permissions-Policy")).hasSize(1);
  }
}
