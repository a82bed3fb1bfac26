package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.recado.job.Settlement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** What clients can make web write down. */
class LogTest {
  @RegisterExtension final RunningWeb web = new RunningWeb();
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.recado.web");

  @BeforeEach
  void listen() {
    logger.setLevel(Level.DEBUG);
    written.start();
    logger.addAppender(written);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(written);
    logger.setLevel(null);
  }

  private List<String> lines(Level least) {
    return List.copyOf(written.list).stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(least))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void a_client_that_hangs_up_is_no_error() throws IOException {
    var id = web.submit("Hi");
    web.finish(new Settlement.Succeed(Samples.result("long ".repeat(2_000_000))));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      var request = "GET /api/result/" + id + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      socket.setSoLinger(true, 0);
    }
    await().until(() -> lines(Level.DEBUG), lines -> lines.size() == 2);
    assertThat(lines(Level.DEBUG))
        .satisfiesExactly(
            accepted -> assertThat(accepted).isEqualTo(id + " accepted"),
            gone -> assertThat(gone).endsWith("was not waited for"));
    assertThat(lines(Level.INFO)).isEmpty();
  }

  @Test
  void an_unavailable_store_is_told_once_and_not_for_every_request() {
    web.store.close();
    for (var i = 0; i < 20; i++) {
      web.get("/api/queue").expectProblem(503, "store_unavailable");
    }
    assertThat(lines(Level.INFO)).hasSizeBetween(1, 5);
  }

  @Test
  void no_text_is_ever_written_down() {
    web.postJson("/api/predict", "{\"text\":\"canary-1\"}").expect(202);
    web.postJson("/api/predict", "{\"text\":\"canary-2\",}").expect(400);
    web.postJson("/api/predict", "{\"text\":[\"canary-3\"]}").expect(400);
    web.get("/api/jobs/canary-4", "X-Request-Id", "canary 5").expect(404);
    web.store.close();
    web.postJson("/api/predict", "{\"text\":\"canary-6\"}").expect(503);
    assertThat(lines(Level.DEBUG)).noneMatch(line -> line.contains("canary"));
  }
}
