package dev.recado.e2e.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
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

/** HTTP/1.0 asks for no Host, and what looks whether a server is well often sends none. */
@Tag("nginx")
@TestInstance(Lifecycle.PER_CLASS)
class NamelessClientTest {
  @RegisterExtension static final Harness harness = new Harness();

  private List<Nginx> edges;

  @BeforeAll
  void start() {
    var web = harness.up(Map.of()).uri();
    edges =
        List.of(
            harness.own(Nginx.before(web, harness.folder())),
            harness.own(Nginx.onLoopbackBefore(web, harness.folder())));
  }

  private List<String> answers(String request) {
    return edges.stream().map(edge -> new RawHttp(edge.uri()).send(request)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/", "/api/queue", "/v1/models"})
  void a_client_that_names_no_host_is_served(String path) {
    assertThat(answers("GET " + path + " HTTP/1.0\r\n\r\n"))
        .allMatch(answer -> answer.startsWith("HTTP/1.1 200 "));
  }

  @Test
  void it_is_no_operator() {
    assertThat(answers("GET /api/console/overview HTTP/1.0\r\n\r\n"))
        .allMatch(answer -> answer.startsWith("HTTP/1.1 404 "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/ HTTP/1.0\r\nHost: other.example.com\r\n\r\n",
        "GET http://other.example.com/api/ HTTP/1.0\r\n\r\n",
        "GET /api/ HTTP/1.1\r\nHost: other.example.com\r\nConnection: close\r\n\r\n"
      })
  void a_client_that_names_another_host_is_refused_on_loopback(String request) {
    assertThat(new RawHttp(edges.getLast().uri()).send(request)).startsWith("HTTP/1.1 421 ");
  }
}
