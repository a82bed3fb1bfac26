package dev.recado.e2e.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Harness;
import dev.recado.e2e.security.Crowd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hundreds of slow clients of one address, and one of another who is in a hurry. */
@Tag("nginx")
@Tag("soak")
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere loopback has one address")
@TestInstance(Lifecycle.PER_CLASS)
class SlowCrowdTest {
  private static final int MANY = 500;
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String HEAD =
      "POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  @RegisterExtension static final Harness harness = new Harness();

  private URI edge;

  @BeforeAll
  void start() {
    edge = harness.own(Nginx.before(harness.up(Map.of()).uri(), harness.folder())).uri();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "POST /api/pre", HEAD + "A: ", HEAD + "Content-Length: 1000000\r\n\r\n{"})
  void the_other_is_served_and_they_lose_their_connections(String beginning) throws Exception {
    try (var crowd = Crowd.of(MANY, edge, beginning)) {
      assertThat(statusFromElsewhere()).isEqualTo(200);

      await()
          .atMost(BOUND)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> crowd.hungUpOn() == MANY);
    }
  }

  private int statusFromElsewhere() throws IOException, InterruptedException {
    var elsewhere = InetAddress.getByName("127.0.0.2");
    try (var client = HttpClient.newBuilder().localAddress(elsewhere).build()) {
      var request = HttpRequest.newBuilder(edge.resolve("/api/")).timeout(BOUND).build();
      return client.send(request, BodyHandlers.ofString()).statusCode();
    }
  }
}
