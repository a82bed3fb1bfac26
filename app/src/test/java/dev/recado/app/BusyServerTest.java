package dev.recado.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is being restarted, seen through a proxy: for a while each call is a 502 or 503.
 */
class BusyServerTest {
  private static final String PROBLEM = "{\"error\":\"stopping\",\"code\":\"service_unavailable\"}";
  private static final String PAGE = "<html>502 Bad Gateway</html>";

  @TempDir Path folder;
  private final AtomicInteger refusals = new AtomicInteger(4);
  private final AtomicInteger lostAnswers = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private RunningRecado recado;
  private HttpServer proxy;
  private Map<String, String> environment;

  @BeforeEach
  void start() throws IOException {
    recado = new RunningRecado(folder, Map.of());
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext("/", this::pass);
    proxy.start();
    environment = Map.of("RECADO_URL", "http://127.0.0.1:" + proxy.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    proxy.stop(0);
    client.close();
    recado.close();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (refusals.getAndDecrement() > 0) {
        refuse(exchange);
        return;
      }
      var answer = client.send(passedOn(exchange), BodyHandlers.ofByteArray());
      if (lostAnswers.getAndDecrement() > 0) {
        answer(exchange, 502, PROBLEM.getBytes(UTF_8));
      } else {
        answer(exchange, answer.statusCode(), answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void refuse(HttpExchange exchange) throws IOException {
    var isProxys = refusals.get() % 2 == 0;
    answer(exchange, isProxys ? 502 : 503, (isProxys ? PAGE : PROBLEM).getBytes(UTF_8));
  }

  private HttpRequest passedOn(HttpExchange exchange) throws IOException {
    var type = exchange.getRequestHeaders().getFirst("Content-Type");
    var body = BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes());
    var request =
        HttpRequest.newBuilder(URI.create(recado.url() + exchange.getRequestURI()))
            .header("Content-Type", type == null ? "application/json" : type)
            .method(exchange.getRequestMethod(), body);
    var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    return key == null ? request.build() : request.header("Idempotency-Key", key).build();
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Test
  void submit_asks_again_until_the_answer_is_there() {
    var run = CommandRun.of(environment, "", "submit", "hello");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("hello");
    assertThat(refusals.get()).isNegative();
  }

  @Test
  void texts_whose_answers_get_lost_are_left_once() throws Exception {
    refusals.set(0);
    lostAnswers.set(2);
    var texts = List.of(folder.resolve("a.txt"), folder.resolve("b.txt"));
    for (var text : texts) {
      Files.writeString(text, "hello from " + text.getFileName());
    }

    var run =
        CommandRun.of(
            environment, "", "submit", "--file", texts.get(0).toString(), texts.get(1).toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("hello from a.txt", "hello from b.txt");
    var jobs = HttpRequest.newBuilder(URI.create(recado.url() + "/api/jobs")).build();
    assertThat(client.send(jobs, BodyHandlers.ofString()).body().split("\"object\":\"job\"", -1))
        .as("two jobs, and what stands around them")
        .hasSize(3);
  }

  @Test
  void so_does_a_batch() throws IOException {
    var requests = folder.resolve("requests.jsonl");
    Files.writeString(requests, "{\"custom_id\":\"a\",\"text\":\"hello\"}");
    var results = folder.resolve("results.jsonl");

    var run =
        CommandRun.of(
            environment, "", "submit", "--batch", requests.toString(), "-o", results.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(results).content().contains("hello");
  }

  @Test
  void status_says_that_it_is_busy() {
    var run = CommandRun.of(environment, "", "status");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("busy (HTTP 503): stopping (service_unavailable)");
  }
}
