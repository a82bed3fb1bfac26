package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that sends a byte now and then, and so never counts as idle. */
class SlowClientTest {
  private static final Duration BETWEEN_BYTES = Duration.ofSeconds(1);
  private static final String HEAD =
      """
      POST /api/predict HTTP/1.1
      Host: localhost
      Content-Type: application/json
      Content-Length: 1000

      """
          .replace("\n", "\r\n");

  @RegisterExtension final RunningWeb web = new RunningWeb();

  @Test
  @Timeout(40)
  void its_body_is_given_up_after_a_while() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      socket.setSoTimeout((int) BETWEEN_BYTES.toMillis());
      var out = socket.getOutputStream();
      out.write(HEAD.getBytes(StandardCharsets.US_ASCII));
      do {
        out.write(' ');
      } while (!hasAnswered(socket.getInputStream()));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("TTP/1.1 408 ").contains("\"code\":\"request_timeout\"");
    }
    assertThat(web.get("/api/queue").json().get("queued").intValue()).isZero();
  }

  @Test
  @Timeout(60)
  void its_headers_are_given_up_after_a_while() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      socket.setSoTimeout((int) BETWEEN_BYTES.toMillis());
      var out = socket.getOutputStream();
      out.write(
          "GET /healthz HTTP/1.1\r\nHost: localhost\r\nA: ".getBytes(StandardCharsets.US_ASCII));
      do {
        out.write('a');
      } while (!hasEnded(socket.getInputStream()));
    }
    web.get("/healthz").expect(200);
  }

  private static boolean hasEnded(InputStream in) throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException notYet) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  private static boolean hasAnswered(InputStream in) throws IOException {
    try {
      return in.read() == 'H';
    } catch (SocketTimeoutException notYet) {
      return false;
    }
  }
}
