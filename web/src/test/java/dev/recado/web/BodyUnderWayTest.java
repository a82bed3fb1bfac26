package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void what_needs_no_body_is_done_and_answered_though_one_comes() {
    var id = web.submit("Hi");
    var head =
        "POST /api/jobs/%s/cancel HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n%s\r\n";

    var first = head.formatted(id, 900_000, "") + " ".repeat(900_000);
    var second = head.formatted(id, 2, "Connection: close\r\n") + "{}";

    assertThat(web.raw(first + second)).containsSubsequence("HTTP/1.1 200 ", "HTTP/1.1 200 ");
  }
}
