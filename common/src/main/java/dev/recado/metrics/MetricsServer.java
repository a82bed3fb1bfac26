package dev.recado.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.recado.config.HostAndPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers {@code GET /metrics} in a process that serves nothing else. For a network of one's own:
 * it knows no log-in and no encryption.
 */
public final class MetricsServer implements AutoCloseable {
  private static final String PATH = "/metrics";
  private static final int BACKLOG = 16;
  private static final int THREADS = 2;

  private final HttpServer server;
  private final ExecutorService threads;

  private MetricsServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to answer.
   *
   * @throws UncheckedIOException if the port is taken
   */
  public static MetricsServer start(Metrics metrics, HostAndPort listen) {
    boundClients();
    try {
      var address = new InetSocketAddress(listen.host().name(), listen.port());
      var server = HttpServer.create(address, BACKLOG);
      var threads =
          Executors.newFixedThreadPool(
              THREADS, Thread.ofPlatform().name("metrics-", 1).daemon().factory());
      server.setExecutor(threads);
      server.createContext(PATH, exchange -> answer(exchange, metrics));
      server.start();
      return new MetricsServer(server, threads);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot show metrics on " + listen, e);
    }
  }

  // The JDK's server can be told in this way only. Without it two clients that send nothing would
  // keep it from answering anybody else.
  private static void boundClients() {
    System.setProperty("sun.net.httpserver.maxReqTime", "5");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    System.setProperty("jdk.httpserver.maxConnections", "16");
  }

  private static void answer(HttpExchange exchange, Metrics metrics) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(405, -1);
      } else {
        send(exchange, metrics.exposition());
      }
    }
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", Metrics.MEDIA_TYPE);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
