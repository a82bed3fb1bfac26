package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.config.WebhookSettings;
import dev.recado.web.input.Bodies;
import dev.recado.web.input.SubmissionReader;
import dev.recado.web.input.WebhookRules;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to requests whose body nobody wants, while it is still being sent. */
class BodyUnderWayTest {
  private static final int LARGE = 70_000_000;

  @RegisterExtension final RunningWeb web = new RunningWeb();

  /** More than the buffers on the way hold, so that it is still under way when it is refused. */
  @ParameterizedTest
  @CsvSource({
    "/api/predict, localhost, application/json, 413",
    "/api/predict, localhost, text/plain, 415",
    "/api/batches, localhost, application/json, 413",
    "/api/predict, evil.com, application/json, 421",
    "/api/nothing, localhost, application/json, 404",
    "/api/jobs/x/retry, localhost, application/json, 413"
  })
  void a_client_that_sends_all_before_it_reads_gets_its_answer(
      String path, String host, String type, int status) {
    var head =
        "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, host, type, LARGE);
    for (var wish : List.of("", "Expect: 100-continue\r\n")) {
      var asked = head.replace("\r\n\r\n", "\r\n" + wish + "\r\n");
      assertThat(web.raw(asked + " ".repeat(LARGE)))
          .contains("HTTP/1.1 " + status + " ")
          .contains("Connection: close\r\n")
          .endsWith("}");
    }
  }

  /** Jetty refuses these itself, and would close at once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST //api/predict HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 70000000\\r\\n\\r\\n",
        "POST /%ff HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 70000000\\r\\n\\r\\n",
        "POST /%zz HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 70000000\\r\\n\\r\\n",
        "POST /api/predict HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: x\\r\\n\\r\\n",
        "GET /api/jobs HTTP/1.1\\r\\nHost: localhost\\r\\nA: ",
        "GET /api/jobs?"
      })
  void a_client_that_sends_on_what_cannot_be_read_gets_its_answer(String start) {
    assertThat(web.raw(start.translateEscapes() + "x".repeat(LARGE)))
        .containsPattern("^HTTP/1\\.1 4\\d\\d ")
        .contains("Connection: close\r\n")
        .endsWith("}");
  }

  /** Refused by a handler, by Jetty before it has one, and by its parser. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /api/nothing HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 5\\r\\n\\r\\n",
        "POST //x HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 5\\r\\n\\r\\n",
        "GET //x HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n",
        "GET /%zz HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"
      })
  void a_client_that_is_silent_then_and_does_not_hang_up_is_hung_up_on(String request)
      throws IOException {
    try (var silent = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      silent.getOutputStream().write(bytes(request.translateEscapes()));
      assertThat(new String(silent.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("Connection: close\r\n")
          .endsWith("}");

      // Long before an idle connection is closed.
      await().atMost(Duration.ofSeconds(15)).until(() -> connections() == 0);
    }
  }

  private int connections() {
    return Arrays.stream(web.web.server().getConnectors())
        .mapToInt(connector -> connector.getConnectedEndPoints().size())
        .sum();
  }

  @Test
  void the_connection_of_a_path_that_leads_nowhere_stays_if_all_was_received() {
    var refused = "GET //api/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n";
    var next = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    assertThat(web.raw(refused + next)).containsSubsequence("HTTP/1.1 400 ", "HTTP/1.1 200 ");
  }

  @Test
  void what_needs_no_body_is_done_and_answered_though_one_comes() {
    var id = web.submit("Hi");
    var head =
        "POST /api/jobs/%s/cancel HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n%s\r\n";

    var first = head.formatted(id, 900_000, "") + " ".repeat(900_000);
    var second = head.formatted(id, 2, "Connection: close\r\n") + "{}";

    assertThat(web.raw(first + second)).containsSubsequence("HTTP/1.1 200 ", "HTTP/1.1 200 ");
  }

  @Test
  void large_bodies_find_no_room_beside_what_is_half_sent_and_small_ones_always_do()
      throws IOException {
    var server = reading(new Bodies(500_000));
    try {
      try (var half = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        half.getOutputStream().write(bytes(submit(900_000).substring(0, 300_000)));
        await().until(() -> answer(server, 300_000).startsWith("HTTP/1.1 503 "));

        assertThat(answer(server, 300_000)).contains("Retry-After: 5", "\"code\":\"queue_full\"");
        assertThat(answer(server, 60_000)).startsWith("HTTP/1.1 200 ");
      }
      await().until(() -> answer(server, 300_000).startsWith("HTTP/1.1 200 "));
    } finally {
      server.stop();
    }
  }

  @Test
  void a_body_of_untold_length_counts_with_all_it_holds() throws IOException {
    var server = reading(new Bodies(500_000));
    try (var half = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      var head = "POST /api/predict HTTP/1.1\r\nHost: localhost\r\n";
      var chunked = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
      half.getOutputStream().write(bytes(head + chunked + "493e0\r\n" + " ".repeat(300_000)));

      await().until(() -> answer(server, 300_000).startsWith("HTTP/1.1 503 "));
    } finally {
      server.stop();
    }
  }

  /** The server of web, where submits are read and nothing comes of them. */
  private static Javalin reading(Bodies bodies) {
    var rules = new WebhookRules(WebhookSettings.OFF);
    var reader = new SubmissionReader(rules, Clock.systemUTC(), bodies);
    return PartOfWeb.start(
        routes -> routes.post("/api/predict", context -> reader.read(context.req())));
  }

  private static String answer(Javalin server, int length) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(bytes(submit(length)));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String submit(int length) {
    var body = "{\"text\":\"" + "x".repeat(length) + "\"}";
    return "POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Connection: close\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
