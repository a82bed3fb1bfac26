package dev.recado.e2e.nginx;

import static dev.recado.e2e.nginx.Problems.assertProblem;
import static java.net.http.HttpRequest.BodyPublishers.ofInputStream;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal of the edge is a problem document with the API's code, never a page. */
@Tag("nginx")
@TestInstance(Lifecycle.PER_CLASS)
class RefusalsTest {
  /** What web reads at most, and the edge too. */
  private static final int LARGEST_BODY = 1_000_000;

  @RegisterExtension static final Harness harness = new Harness();

  private Nginx nginx;
  private ApiClient client;

  @BeforeAll
  void start() {
    nginx = harness.own(Nginx.before(harness.up(Map.of()).uri(), harness.folder()));
    client = nginx.client();
  }

  @Test
  void unknown_paths_and_methods_are_named_as_problems() {
    assertProblem(client.get("/nothing"), 404, "not_found");
    assertProblem(client.get("/v1"), 404, "not_found");
    var put = client.send("PUT", "/api/predict", ofString("{}"));
    assertProblem(put, 405, "method_not_allowed");
    assertThat(put.headers().firstValue("Allow")).contains("GET, HEAD, POST, DELETE");
    var post = client.post("/", Map.of());
    assertProblem(post, 405, "method_not_allowed");
    assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @ParameterizedTest
  @CsvSource({
    "/, If-Match, '\"another\"'",
    "/app.js, If-Match, '\"another\"'",
    "/app.js, If-Unmodified-Since, 'Sat, 01 Jan 2000 00:00:00 GMT'"
  })
  void a_file_that_is_not_as_the_client_wants_it_is_a_problem(
      String path, String condition, String value) {
    var answer = client.send("GET", path, null, condition, value);

    assertProblem(answer, 412, "precondition_failed");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void under_v1_refusals_have_the_envelope_of_openai() {
    var put = client.send("PUT", "/v1/chat/completions", ofString("{}"));
    var larger =
        client.send("POST", "/v1/chat/completions", ofString("x".repeat(LARGEST_BODY + 1)), json());

    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(larger.statusCode()).isEqualTo(413);
    assertThat(larger.headers().firstValue("Content-Type")).contains("application/json");
    var error = ApiClient.json(larger).get("error");
    assertThat(error.get("code").asString()).isEqualTo("payload_too_large");
    assertThat(error.get("type").asString()).isEqualTo("invalid_request_error");
    assertThat(larger.headers().allValues("X-Request-Id")).hasSize(1);
  }

  @Test
  void a_body_of_the_largest_size_passes_and_one_byte_more_does_not() {
    var largest = client.send("POST", "/api/predict", ofString("x".repeat(LARGEST_BODY)), json());
    var larger =
        client.send("POST", "/api/predict", ofString("x".repeat(LARGEST_BODY + 1)), json());

    assertProblem(largest, 400, "invalid_json");
    assertProblem(larger, 413, "payload_too_large");
  }

  @Test
  void a_body_without_a_length_is_refused_as_soon_as_it_is_too_large() {
    var answer = client.send("POST", "/api/predict", endless(LARGEST_BODY + 1), json());

    assertProblem(answer, 413, "payload_too_large");
  }

  @Test
  void too_many_requests_are_429_and_told_when_to_come_again() {
    var answers = IntStream.range(0, 600).parallel().mapToObj(_ -> client.get("/api/")).toList();

    var refused = answers.stream().filter(answer -> answer.statusCode() == 429).toList();
    assertThat(refused).isNotEmpty();
    assertProblem(refused.getFirst(), 429, "rate_limit_exceeded");
    var headers = refused.getFirst().headers();
    assertThat(headers.firstValue("Retry-After")).contains("1");
    assertThat(headers.firstValue("RateLimit-Policy")).contains("\"address\";q=100;w=1");
    assertThat(headers.firstValue("RateLimit")).contains("\"address\";r=0;t=1");
    await().atMost(Duration.ofSeconds(5)).until(() -> client.get("/api/").statusCode() == 200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\r\n\r\n",
        "GET /%ZZ HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET / HTTP/3.1\r\nHost: x\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n",
        "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n"
      })
  void what_is_not_a_request_gets_a_problem_too(String bytes) {
    assertThat(new RawHttp(nginx.uri()).send(bytes))
        .matches("(?s)HTTP/1\\.1 (4|50)\\d.*")
        .contains("application/problem+json", "\"code\":")
        .doesNotContain("<html");
  }

  @Test
  void an_address_or_a_header_too_long_gets_a_problem() {
    var raw = new RawHttp(nginx.uri());
    var longest = "a".repeat(9_000);

    assertThat(raw.send("GET /" + longest + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 414")
        .contains("uri_too_long");
    assertThat(raw.send("GET / HTTP/1.1\r\nHost: x\r\nX: " + longest + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431")
        .contains("headers_too_large");
  }

  @Test
  void web_s_own_refusals_pass_unchanged() {
    var answer = client.get("/api/result/00000000-0000-7000-8000-000000000000");

    assertProblem(answer, 404, "job_not_found");
  }

  private static BodyPublisher endless(int length) {
    var bytes = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
    return ofInputStream(() -> new ByteArrayInputStream(bytes));
  }

  private static String[] json() {
    return new String[] {"Content-Type", "application/json"};
  }
}
