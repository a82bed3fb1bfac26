package dev.recado.e2e.nginx;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Batches;
import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large uploads and large results: they pass the edge, and nothing of them is left on its disk. */
@Tag("nginx")
@Timeout(120)
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells what a process has open")
@TestInstance(Lifecycle.PER_CLASS)
class BatchEdgeTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int LARGEST = 64 << 20;

  @RegisterExtension static final Harness harness = new Harness();

  private RecadoProcess web;
  private Nginx nginx;
  private Batches batches;

  @BeforeAll
  void start() {
    web = harness.up(Map.of());
    nginx = harness.own(Nginx.before(web.uri(), harness.folder()));
    batches = new Batches(nginx.client());
  }

  private static String head(int length) {
    return head("/api/batches", length);
  }

  private static String head(String path, int length) {
    return """
    POST %s HTTP/1.1\r
    Host: localhost\r
    Content-Type: application/jsonl\r
    Content-Length: %d\r
    Connection: close\r
    \r
    """
        .formatted(path, length);
  }

  @Test
  void an_upload_goes_through_as_it_comes() throws Exception {
    var lines = Batches.lines(20_000, "echo").getBytes(UTF_8);
    try (var socket = new Socket(nginx.uri().getHost(), nginx.uri().getPort())) {
      socket.getOutputStream().write(head(lines.length).getBytes(US_ASCII));
      socket.getOutputStream().write(lines, 0, lines.length / 2);

      await().atMost(BOUND).until(() -> received() > lines.length / 3);
      assertThat(nginx.openFiles()).isNotEmpty().noneMatch(BatchEdgeTest::isTemporary);
      socket.getOutputStream().write(lines, lines.length / 2, lines.length - lines.length / 2);

      var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 202").contains("\"total\":20000");
    }
  }

  /** How much of an upload web has kept: in a file without a name. */
  private long received() throws IOException {
    return OpenFiles.of(web.pid()).stream()
        .filter(file -> file.path().contains(".upload-"))
        .mapToLong(OpenFiles.OpenFile::bytes)
        .sum();
  }

  private static boolean isTemporary(OpenFiles.OpenFile file) {
    return file.path().contains("/body/") || file.path().contains("/proxy/");
  }

  @Test
  void results_come_out_as_a_stream_and_whole() throws IOException {
    var id = batches.leave(Batches.lines(3_000, "echo"));
    batches.awaitDone(id, BOUND);

    var answer = nginx.client().get("/api/batches/" + id + "/results");

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/jsonl");
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    assertThat(answer.body().lines()).hasSize(3_000);
    assertThat(batches.results(id))
        .extracting(line -> line.get("index").asInt())
        .isSorted()
        .endsWith(2_999);
    assertThat(nginx.openFiles()).noneMatch(BatchEdgeTest::isTemporary);
  }

  @Test
  void results_that_nobody_reads_stay_where_they_are() throws Exception {
    var id = batches.leave(Batches.lines(3_000, "echo"));
    batches.awaitDone(id, BOUND);
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress(nginx.uri().getHost(), nginx.uri().getPort()));
      var request = "GET /api/batches/" + id + "/results HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('H');

      await()
          .during(Duration.ofMillis(500))
          .until(() -> nginx.openFiles().stream().noneMatch(BatchEdgeTest::isTemporary));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/batches", "/api/batches/"})
  void the_largest_upload_is_web_s_to_refuse(String path) {
    var answer = new RawHttp(nginx.uri()).send(head(path, LARGEST + 1));

    assertThat(answer)
        .startsWith("HTTP/1.1 413")
        .contains("payload_too_large", String.valueOf(LARGEST));
  }

  @Test
  @Tag("soak")
  void fifty_thousand_go_in_and_come_out() {
    var id = batches.leave(Batches.lines(50_000, "echo"));
    batches.awaitDone(id, Duration.ofSeconds(100));

    var results = batches.results(id);

    assertThat(results).hasSize(50_000);
    assertThat(results).allMatch(line -> line.get("status").asString().equals("succeeded"));
  }
}
