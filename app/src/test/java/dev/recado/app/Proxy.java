package dev.recado.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands before a server; what it makes of each request, the test says. */
final class Proxy implements AutoCloseable {
  private static final List<String> PASSED_ON = List.of("Content-Type", "Idempotency-Key");

  private final String server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer http;

  private Proxy(String server, HttpServer http) {
    this.server = server;
    this.http = http;
  }

  /** What is made of a request. */
  interface Passage {
    void pass(HttpExchange exchange) throws IOException, InterruptedException;
  }

  /** Before the server at this URL, on this port; 0 takes a free one. */
  static Proxy before(String server, int port) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new Proxy(server, HttpServer.create(address, 0));
  }

  void start(Passage passage) {
    http.setExecutor(threads);
    http.createContext("/", exchange -> pass(exchange, passage));
    http.start();
  }

  int port() {
    return http.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  private static void pass(HttpExchange exchange, Passage passage) throws IOException {
    try (exchange) {
      passage.pass(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the server says to it. */
  HttpResponse<byte[]> ask(HttpExchange exchange) throws IOException, InterruptedException {
    var body = BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes());
    var request =
        HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), body);
    for (var name : PASSED_ON) {
      var value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Answers with what the server says. */
  void passOn(HttpExchange exchange) throws IOException, InterruptedException {
    var answer = ask(exchange);
    answer(exchange, answer.statusCode(), answer.body());
  }

  static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
