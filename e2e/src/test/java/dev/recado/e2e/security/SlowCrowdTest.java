package dev.recado.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hundreds of slow clients straight at a web that has little memory. In a heap of this size they
 * find out what web keeps for each.
 */
@Tag("process")
@Tag("soak")
@TestInstance(Lifecycle.PER_CLASS)
class SlowCrowdTest {
  private static final int MANY = 500;
  private static final Duration BOUND = Duration.ofSeconds(90);
  private static final String SMALL_HEAP = "-Xmx128m -XX:+ExitOnOutOfMemoryError";
  private static final String HEAD =
      "POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  @RegisterExtension static final Harness harness = new Harness();

  private RecadoProcess web;
  private ApiClient client;

  @BeforeAll
  void start() {
    web = harness.up(Map.of("JAVA_TOOL_OPTIONS", SMALL_HEAP));
    client = web.client();
  }

  /**
   * Half a line; half the headers; of a large body a byte, whether its length was told or not; what
   * is no content, before it and after it.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /api/pre",
        HEAD + "A: ",
        HEAD + "Content-Length: 1000000\r\n\r\n{",
        HEAD + "Transfer-Encoding: chunked\r\n\r\nf4240\r\n{",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n1;",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\nA: ",
      })
  void slow_senders_keep_nobody_waiting_and_lose_their_connections(String beginning) {
    try (var crowd = Crowd.of(MANY, web.uri(), beginning)) {
      assertServes();
      awaitEnd(crowd::trickle);
    }
    assertServes();
  }

  @Test
  void who_says_nothing_and_who_reads_nothing_keeps_nobody_waiting_either() {
    var id = client.submit("large ".repeat(60_000));
    client.awaitDone(id, BOUND);
    var request = "GET /api/jobs/" + id + " HTTP/1.1\r\nHost: localhost\r\n\r\n";

    try (var _ = Crowd.of(MANY, web.uri(), "");
        var _ = Crowd.of(MANY, web.uri(), request)) {
      assertServes();
      awaitEnd(() -> {});
    }
    assertServes();
  }

  /** Waits until web has hung up on the crowd, who meanwhile do this once a second. */
  private void awaitEnd(Runnable meanwhile) {
    await("web hangs up")
        .atMost(BOUND)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          meanwhile.run();
          return sockets() < MANY / 2;
        });
  }

  private long sockets() throws IOException {
    try (var files = Files.list(Path.of("/proc/" + web.pid() + "/fd"))) {
      return files.filter(SlowCrowdTest::isSocket).count();
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException closed) {
      return false;
    }
  }

  private void assertServes() {
    var id = client.submit("and I?");
    client.awaitDone(id, BOUND);
    assertThat(client.content(id)).contains("and I?");
    assertThat(web.log()).doesNotContain("java.lang.OutOfMemoryError");
  }
}
