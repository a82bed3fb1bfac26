package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What no client would send. A backslash stands for itself but in {@code \r}, {@code \n}, {@code
 * \t} and {@code \0}. Whatever it is, it gets a problem document or a closed connection.
 */
class RawSocketTest {
  private static final Pattern LEAK =
      Pattern.compile("(?i)<html|<h\\d|jetty|javalin|exception|\\bat [a-z]+\\.|java\\.");
  private static final String BODY = "{\"text\":\"Hi\"}";

  @RegisterExtension final RunningWeb web = new RunningWeb();

  private String send(String request) {
    var bytes =
        request.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0");
    var answer = web.raw(bytes);
    assertThat(LEAK.matcher(answer).find()).as(answer).isFalse();
    return answer;
  }

  private void refused(String request, int status) {
    var answer = send(request);
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertProblem(answer, status);
  }

  private static void assertProblem(String answer, int status) {
    assertThat(answer).containsIgnoringCase("Content-Type: application/problem+json\r\n");
    assertThat(answer).containsIgnoringCase("X-Request-Id: ");
    assertThat(answer).containsIgnoringCase("X-Content-Type-Options: nosniff");
    assertThat(answer).contains("\"status\":" + status + ",").contains("\"request_id\":\"");
    assertThat(answer).doesNotContainIgnoringCase("Server: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | GARBAGE\\r\\n\\r\\n
          400 | GET\\r\\n\\r\\n
          400 | GET /healthz HTTP/1.1\\r\\n\\r\\n
          400 | GET /healthz HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n
          400 | GET /healthz HTTP/1.1\\r\\nHost: a b\\r\\n\\r\\n
          400 | GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nBad Header: a\\r\\n\\r\\n
          400 | GET /healthz HTTP/1.1\\r\\nHost : localhost\\r\\n\\r\\n
          400 | GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nA: b\\r\\n folded\\r\\n\\r\\n
          400 | GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nA: b\\0c\\r\\n\\r\\n
          400 | GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nNoColon\\r\\n\\r\\n
          400 | GET /heal\\0thz HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
          400 | GET /%00 HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
          400 | GET /%zz HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
          400 | GET /%u0041 HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
          400 | GET /%ff HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
          400 | GET /api/jobs/a%2Fb HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
          400 | GET /api%2fqueue HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
          400 | GET /api/jobs/..%2f..%2fqueue HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
          400 | GET /api/%2e%2e/api/queue HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
          400 | GET //api/queue HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
          400 | GET /api//queue HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
          400 | GET /api/..;/queue HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
          400 | GET /../../etc/passwd HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
          400 | GET nothing HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n
          426 | PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n
          505 | GET /healthz HTTP/3.0\\r\\nHost: localhost\\r\\n\\r\\n
          505 | GET /healthz\\r\\n\\r\\n
          """)
  void malformed_requests_are_refused(int status, String request) {
    refused(request, status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 13\\r\\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\\r\\nContent-Length: 13",
        "Content-Length: 13\\r\\nContent-Length: 14",
        "Content-Length: 13, 13",
        "Content-Length: -1",
        "Content-Length: +13",
        "Content-Length: 0x0d",
        "Content-Length: 99999999999999999999",
        "Content-Length: ",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\\n chunked"
      })
  void a_body_of_unclear_length_is_refused(String headers) {
    var answer =
        send(
            "POST /api/predict HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Type: application/json\\r\\n"
                + headers
                + "\\r\\n\\r\\n"
                + BODY);
    assertThat(answer).containsPattern("^HTTP/1\\.1 (400|413|501) ");
    assertThat(answer.split("HTTP/1\\.1 ", -1)).hasSize(2);
    assertThat(web.get("/api/queue").json().get("queued").intValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"d\\n{\"text\":\"Hi\"}\\n0\\n\\n", "zz\\r\\n", "-1\\r\\n", "d;\\0\\r\\n"})
  void a_broken_chunk_is_refused(String chunks) {
    refused(
        "POST /api/predict HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Type: application/json\\r\\n"
            + "Transfer-Encoding: chunked\\r\\n\\r\\n"
            + chunks,
        400);
  }

  @Test
  void a_body_that_breaks_off_is_no_job() {
    send(
        "POST /api/predict HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Type: application/json\\r\\n"
            + "Content-Length: 100\\r\\n\\r\\n"
            + BODY);
    assertThat(web.get("/api/queue").json().get("queued").intValue()).isZero();
  }

  @Test
  void headers_are_bounded() {
    refused(
        "GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nA: " + "a".repeat(9_000) + "\\r\\n\\r\\n",
        431);
    refused("GET /" + "a".repeat(9_000) + " HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n", 414);
  }

  /** A client that is not told so sends its next request into a closed connection. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%zz HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
        "GET nothing HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
        "PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n"
      })
  void a_connection_that_ends_with_its_answer_is_said_to(String request) {
    assertThat(send(request)).contains("Connection: close\r\n");
    var tooLong = "GET /" + "a".repeat(9_000) + " HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n";
    assertThat(send(tooLong)).contains("Connection: close\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BREW", "get", "CONNECT", "PROPFIND", "G\u00CBT"})
  void odd_methods_do_nothing(String method) {
    var answer =
        send(
            method
                + " /api/queue HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n");
    assertThat(answer).containsPattern("^HTTP/1\\.1 (400|404|405|501) ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/queue;x=1",
        "/api/jobs/%20",
        "/api/%71ueue",
        "/%61pi/queue",
        "/api/./queue",
        "/API/queue",
        "/api/queue%20",
        "/api/queue?%zz",
        "/api/jobs?%zz=%zz",
        "/api/queue#fragment",
        "/api/jobs/<script>alert(1)</script>",
        "*"
      })
  void odd_paths_lead_nowhere_else(String path) {
    var answer =
        send("GET " + path + " HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n");
    assertThat(answer).containsPattern("^HTTP/1\\.1 (200|400|404) ");
    assertThat(answer).doesNotContain("<script>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cursor=%zz", "cursor=%", "%zz=1", "limit=%u0031", "limit=%00"})
  void an_unreadable_parameter_is_refused(String query) {
    refused(
        "GET /api/jobs?"
            + query
            + " HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n",
        400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"after=%zz", "after=%ff", "%zz=1"})
  void an_unreadable_place_in_a_stream_is_refused(String query) {
    refused(
        "GET /api/jobs/"
            + web.submit("Hi")
            + "/events?"
            + query
            + " HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n",
        400);
  }

  @Test
  void pipelined_requests_are_answered_in_order() {
    var request = "GET %s HTTP/1.1\\r\\nHost: localhost\\r\\nX-Request-Id: %s\\r\\n%s\\r\\n";
    var answer =
        send(
            request.formatted("/healthz", "one", "")
                + request.formatted("/api/result/x", "two", "")
                + request.formatted("/healthz", "three", "Connection: close\\r\\n"));
    assertThat(answer.indexOf("X-Request-Id: one")).isPositive();
    assertThat(answer).matches("(?s).*200.*one.*404.*two.*200.*three.*");
  }

  @Test
  void what_follows_a_refused_body_is_not_taken_for_a_request() {
    var smuggled =
        "GET /api/queue HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n";
    var length = smuggled.replace("\\r", "\r").replace("\\n", "\n").length();
    var answer =
        send(
            "POST /api/predict HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Type: text/plain\\r\\n"
                + "Connection: close\\r\\nContent-Length: "
                + length
                + "\\r\\n\\r\\n"
                + smuggled);
    assertThat(answer).startsWith("HTTP/1.1 415 ");
    assertThat(answer.split("HTTP/1\\.1 ", -1)).hasSize(2);
  }

  @Test
  void a_client_may_wait_for_leave_to_send() {
    var answer =
        send(
            "POST /api/predict HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Type: application/json\\r\\n"
                + "Expect: 100-continue\\r\\nConnection: close\\r\\nContent-Length: 13\\r\\n\\r\\n"
                + BODY);
    assertThat(answer).contains("HTTP/1.1 202 ");
    refused(
        "POST /api/predict HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Type: application/json\\r\\n"
            + "Expect: 100-continue\\r\\nContent-Length: 1000001\\r\\n\\r\\n",
        413);
  }

  @Test
  void http_1_0_is_served() {
    assertThat(send("GET /healthz HTTP/1.0\\r\\n\\r\\n")).startsWith("HTTP/1.1 200 ");
  }
}
