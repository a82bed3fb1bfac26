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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that sends a byte now and then, and so never counts as idle. */
class SlowClientTest {
  private static final int UPLOADS = 8;
  private static final String SUBMIT = "/api/predict";
  private static final String UPLOAD = "/api/batches";
  private static final Duration BETWEEN_BYTES = Duration.ofSeconds(1);
  private static final int TOO_MANY_BYTES = 40;
  private static final String HEAD =
      """
      POST /api/predict HTTP/1.1
      Host: localhost
      Content-Type: application/json
      Content-Length: 1000

      """
          .replace("\n", "\r\n");

  private static final String CHUNKED =
      HEAD.replace("Content-Length: 1000", "Transfer-Encoding: chunked");

  @RegisterExtension final RunningWeb web = new RunningWeb();

  /** All at once, as each takes as long as such a client is borne with. */
  @Test
  @Timeout(60)
  void what_it_sends_is_given_up_after_a_while_and_keeps_nobody_from_leaving_a_batch()
      throws Exception {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var body = clients.submit(this::answerToABody);
      var headers = clients.submit(this::answerToHeaders);
      var framing = answersToFraming(clients);
      var underWay = new CountDownLatch(UPLOADS);
      var uploads =
          Stream.generate(() -> clients.submit(() -> answerToAnUpload(underWay)))
              .limit(UPLOADS)
              .toList();
      assertThat(underWay.await(10, TimeUnit.SECONDS)).isTrue();
      web.postJson("/api/batches", "{\"requests\":[{\"custom_id\":\"1\",\"text\":\"Hi\"}]}")
          .expect(202);
      assertThat(body.get()).startsWith("TTP/1.1 408 ").contains("\"code\":\"request_timeout\"");
      assertThat(headers.get()).isEmpty();
      for (var answer : framing) {
        assertThat(answer.get()).startsWith("TTP/1.1 408 ");
      }
      for (var upload : uploads) {
        assertThat(upload.get()).startsWith("TTP/1.1 408 ");
      }
    }
    assertThat(web.get("/api/queue").json().get("queued").intValue()).isEqualTo(1);
  }

  /** Its bytes are no content, so that reading content does not return. */
  private List<Future<String>> answersToFraming(ExecutorService clients) {
    return Stream.of(SUBMIT, UPLOAD, "/api/jobs/x/cancel")
        .map(path -> CHUNKED.replace(SUBMIT, path))
        .flatMap(head -> Stream.of(head + "0\r\nA: ", head + "1;"))
        .map(beginning -> clients.submit(() -> answerTo(beginning, () -> {})))
        .toList();
  }

  @Test
  @Timeout(60)
  void silence_takes_no_longer_than_a_trickle() throws Exception {
    var begin = System.nanoTime();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var submit = clients.submit(() -> answerToSilence(HEAD + "{"));
      var large = HEAD.replace(SUBMIT, UPLOAD).replace("1000", "60000000");
      var upload = clients.submit(() -> answerToSilence(large));
      var halfUpload = clients.submit(() -> answerToSilence(large + " ".repeat(2_000_000)));
      assertThat(upload.get()).startsWith("HTTP/1.1 408 ").contains("Connection: close\r\n");
      assertThat(submit.get()).startsWith("HTTP/1.1 408 ").contains("Connection: close\r\n");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(28));
      assertThat(halfUpload.get()).startsWith("HTTP/1.1 408 ").contains("Connection: close\r\n");
    }
  }

  private String answerToABody() throws IOException {
    return answerTo(HEAD, () -> {});
  }

  private String answerToAnUpload(CountDownLatch underWay) throws IOException {
    var head = HEAD.replace(SUBMIT, UPLOAD).replace("1000", "60000000");
    return answerTo(head, underWay::countDown);
  }

  /** Has this done for each byte that was not answered. */
  private String answerTo(String head, Runnable unanswered) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      socket.setSoTimeout((int) BETWEEN_BYTES.toMillis());
      var out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(' ');
      for (var sent = 1; !hasAnswered(socket.getInputStream()); sent++) {
        assertThat(sent).as("bytes that were borne with").isLessThan(TOO_MANY_BYTES);
        unanswered.run();
        out.write(' ');
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String answerToSilence(String beginning) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String answerToHeaders() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      socket.setSoTimeout((int) BETWEEN_BYTES.toMillis());
      var out = socket.getOutputStream();
      out.write(
          "GET /healthz HTTP/1.1\r\nHost: localhost\r\nA: ".getBytes(StandardCharsets.US_ASCII));
      do {
        out.write('a');
      } while (!hasEnded(socket.getInputStream()));
    }
    return "";
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
