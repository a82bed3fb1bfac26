package dev.recado.bench.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A model server that answers each call with the same few words after the same time, as a stream
 * where it is asked for one. Thread-safe.
 */
public final class FakeModel implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final String DELTA =
      """
      data: {"id":"c","object":"chat.completion.chunk","model":"fake","choices":[{"index":0,\
      "delta":{"role":"assistant","content":"Sim, claro."},"finish_reason":null}]}

      data: {"id":"c","object":"chat.completion.chunk","model":"fake","choices":[{"index":0,\
      "delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":4,\
      "total_tokens":24}}

      data: [DONE]

      """;
  private static final String WHOLE =
      """
      {"id":"c","object":"chat.completion","model":"fake","choices":[{"index":0,\
      "message":{"role":"assistant","content":"Sim, claro."},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":20,"completion_tokens":4,"total_tokens":24}}\
      """;

  private final byte[] streamed = answer("text/event-stream", DELTA);
  private final byte[] whole = answer("application/json", WHOLE);
  private final ServerSocket server;
  private final AtomicLong firstCall = new AtomicLong();
  private volatile Duration latency = Duration.ZERO;

  private FakeModel(ServerSocket server) {
    this.server = server;
  }

  /** Listens on a free port. */
  public static FakeModel start() {
    try {
      var socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      var model = new FakeModel(socket);
      Thread.ofVirtual().name("fake-model").start(model::accept);
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What to set as MODEL_URL. */
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
  }

  /** From now on each call takes this long, and the next one counts as the first. */
  public void take(Duration latency) {
    this.latency = latency;
    firstCall.set(0);
  }

  /** When the first call came in, as {@link System#nanoTime}; 0 if there was none yet. */
  public long firstCall() {
    return firstCall.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      var calls = new CallReader(client.getInputStream());
      for (var call = calls.next(); call != null; call = calls.next()) {
        firstCall.compareAndSet(0, System.nanoTime());
        Pause.of(latency.toMillis());
        client.getOutputStream().write(call.contains("\"stream\":true") ? streamed : whole);
      }
    } catch (IOException _) {
      // the client has hung up
    }
  }

  private static byte[] answer(String type, String body) {
    var bytes = body.getBytes(UTF_8);
    // As servers on Node do, and llama.cpp: they say for how long they keep a connection.
    return "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\nKeep-Alive: timeout=5\r\n\r\n%s"
        .formatted(type, bytes.length, body)
        .getBytes(UTF_8);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
