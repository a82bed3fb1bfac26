package dev.recado.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recado.config.Host;
import dev.recado.config.HostAndPort;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MetricsServerTest {
  private final Metrics metrics = new Metrics();
  private final MetricsServer server = MetricsServer.start(metrics, loopback(0));
  private final HttpClient client = HttpClient.newHttpClient();

  private static HostAndPort loopback(int port) {
    return new HostAndPort(new Host("127.0.0.1"), port);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    metrics.close();
  }

  @Test
  void it_shows_what_was_counted_and_the_state_of_the_jvm() throws Exception {
    metrics.registry().counter("recado.things").increment(3);

    var answer = ask("GET", "/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(Metrics.MEDIA_TYPE);
    assertThat(answer.body())
        .contains("recado_things_total 3.0", "jvm_memory_used_bytes", "process_cpu_seconds_total");
  }

  @Test
  void it_knows_nothing_else() throws Exception {
    assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/metrics/x").statusCode()).isEqualTo(404);
    assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
  }

  @Test
  void a_port_that_is_taken_is_named() {
    assertThatThrownBy(() -> MetricsServer.start(metrics, loopback(server.port())))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:" + server.port());
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + server.port() + path);
    var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build();
    return client.send(request, BodyHandlers.ofString());
  }
}
