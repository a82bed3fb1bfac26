package dev.recado.e2e.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Receives OTLP over HTTP, as a collector does. */
final class Collector implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final SeenSpans spans = new SeenSpans();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private Collector(HttpServer server) {
    this.server = server;
  }

  static Collector start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var collector = new Collector(server);
    server.setExecutor(collector.threads);
    server.createContext("/v1/traces", collector::take);
    server.start();
    return collector;
  }

  /** What a process has to be told to send its spans here, and soon. */
  Map<String, String> settings() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://127.0.0.1:" + server.getAddress().getPort(),
        "OTEL_BSP_SCHEDULE_DELAY",
        "50");
  }

  /** From now on nobody is answered. */
  void hang() {
    gate = new CountDownLatch(1);
  }

  /** How often it was called. */
  int calls() {
    return bodies.size();
  }

  /** Every byte it was sent, one character each. */
  String everything() {
    return String.join("\n", bodies);
  }

  /** The spans of a job, once there are so many of them. */
  List<SeenSpan> awaitTrace(String traceId, int count) {
    return spans.awaitTrace(traceId, count);
  }

  SeenSpans spans() {
    return spans;
  }

  private void take(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    bodies.add(new String(body, StandardCharsets.ISO_8859_1));
    try {
      gate.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return;
    }
    spans.take(ExportTraceServiceRequest.parseFrom(body));
    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
