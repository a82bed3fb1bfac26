package dev.recado.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A model server on this machine that says the same to everybody, for training. Thread-safe. */
final class PracticeModel implements AutoCloseable {
  private static final byte[] ANSWER =
      """
      {"id":"1","object":"chat.completion","created":1,"model":"practice",
       "choices":[{"index":0,"message":{"role":"assistant","content":"Well said."},"finish_reason":"stop"}],
       "usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}
      """
          .getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private PracticeModel(HttpServer server) {
    this.server = server;
  }

  static PracticeModel start() throws IOException {
    var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var model = new PracticeModel(HttpServer.create(any, 0));
    model.server.setExecutor(model.threads);
    model.server.createContext("/", PracticeModel::answer);
    model.server.start();
    return model;
  }

  /** What MODEL_URL has to be. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, ANSWER.length);
      exchange.getResponseBody().write(ANSWER);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
