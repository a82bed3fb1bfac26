package dev.recado.e2e.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that hide a second one, and clients that never finish theirs. */
@Tag("nginx")
@TestInstance(Lifecycle.PER_CLASS)
class HostileClientTest {
  private static final String HIDDEN =
      "POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Content-Length: 19\r\n\r\n{\"text\":\"smuggled\"}";

  @RegisterExtension static final Harness harness = new Harness();

  private Nginx nginx;
  private ApiClient web;

  @BeforeAll
  void start() {
    var recado = harness.up(Map.of());
    web = recado.client();
    nginx = harness.own(Nginx.before(recado.uri(), harness.folder()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
        "Content-Length: +0\r\n\r\n",
        "Content-Length: 0, 5\r\n\r\n",
        "Content-Length: 0x0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
        "X: a\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0;x=\r\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF1\r\n\r\n",
        " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      })
  void a_hidden_request_is_never_run(String trick) {
    var answer =
        new RawHttp(nginx.uri())
            .send(
                "POST /api/ HTTP/1.1\r\nHost: localhost\r\n" + trick + HIDDEN,
                Duration.ofMillis(500));

    assertThat(answer).doesNotContain("<html").doesNotContain("202 Accepted");
    assertThat(web.get("/api/jobs").body()).contains("\"data\":[]");
  }

  @Test
  void a_client_that_dawdles_loses_its_connection() throws Exception {
    var head =
        "POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var inHead = clients.submit(timeToEnd(head));
      var inBody = clients.submit(timeToEnd(head + "Content-Length: 100\r\n\r\n{"));

      assertThat(inHead.get()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(15));
      assertThat(inBody.get()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(15));
    }
  }

  private Callable<Duration> timeToEnd(String bytes) {
    return () -> {
      var start = Instant.now();
      new RawHttp(nginx.uri()).send(bytes, Duration.ofSeconds(20));
      return Duration.between(start, Instant.now());
    };
  }
}
