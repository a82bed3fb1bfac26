package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The graceful stop. */
class StopTest {
  private static final String HEAD =
      """
      POST /api/predict HTTP/1.1
      Host: localhost
      Content-Type: application/json
      Content-Length: 13

      """
          .replace("\n", "\r\n");

  @RegisterExtension final RunningWeb web = new RunningWeb();

  @Test
  @Timeout(25)
  void a_request_that_has_begun_is_finished_and_no_other_is_taken() throws Exception {
    var port = web.web.port();
    try (var begun = new Socket(InetAddress.getLoopbackAddress(), port)) {
      begun.getOutputStream().write(HEAD.getBytes(StandardCharsets.UTF_8));
      begun.getOutputStream().write("{\"text\"".getBytes(StandardCharsets.UTF_8));
      begun.getOutputStream().flush();
      web.get("/healthz").expect(200);

      var stopping = Thread.ofPlatform().start(web.web::close);
      await().atMost(Duration.ofSeconds(5)).until(() -> !accepts(port));
      begun.getOutputStream().write(":\"Hi\"}".getBytes(StandardCharsets.UTF_8));
      var answer = new String(begun.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 202 ");
      stopping.join();
    }
    assertThat(web.store.queue(dev.recado.job.Tenant.DEFAULT).queued()).isEqualTo(1);
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  @Timeout(10)
  void an_idle_server_stops_at_once_and_stopping_twice_does_nothing() {
    web.get("/healthz").expect(200);
    var begin = System.nanoTime();
    web.web.close();
    web.web.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

  private static boolean accepts(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
