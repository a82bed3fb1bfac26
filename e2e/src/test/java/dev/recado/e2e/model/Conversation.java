package dev.recado.e2e.model;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls one client makes over one connection, one after the other. */
final class Conversation {
  private static final Duration FOREVER = Duration.ofHours(1);

  private final Socket socket;
  private final HttpWire wire;
  private final CallLog calls;
  private final Service service;

  Conversation(Socket socket, CallLog calls, Service service) throws IOException {
    this.socket = socket;
    this.wire = new HttpWire(socket);
    this.calls = calls;
    this.service = service;
    socket.setTcpNoDelay(true);
  }

  void run() throws IOException {
    for (var request = wire.read(); request != null; request = wire.read()) {
      if (request.path().endsWith("/chat/completions")) {
        answer(ChatRequest.of(request));
      } else if (request.path().endsWith("/models")) {
        wire.send(200, Map.of("object", "list", "data", List.of(Map.of("id", "fake"))));
      } else {
        wire.send(404, Map.of("error", Map.of("message", "no such route")));
      }
    }
  }

  private void answer(ChatRequest request) throws IOException {
    var call = calls.begin(request.prompt());
    var status = service.status();
    try {
      if (status == 200) {
        answer(request, Behaviour.of(request.model()), call);
      } else {
        calls.refuse(request.prompt());
        fail(status, request, Behaviour.of(request.model()));
      }
    } catch (IOException e) {
      calls.abandon(request.prompt());
      throw e;
    } finally {
      calls.end();
    }
  }

  private void answer(ChatRequest request, Behaviour behaviour, int call) throws IOException {
    listen(behaviour.latency());
    if (behaviour.stalls(call)) {
      listen(FOREVER);
    }
    var status = behaviour.status(call);
    if (status != 200) {
      fail(status, request, behaviour);
    } else if (request.stream()) {
      stream(request, behaviour, behaviour.tokens(request.prompt(), call));
    } else {
      whole(request, behaviour, behaviour.tokens(request.prompt(), call));
    }
  }

  private void fail(int status, ChatRequest request, Behaviour behaviour) throws IOException {
    var retryAfter = behaviour.retryAfter();
    var headers = retryAfter == null ? "" : "Retry-After: " + retryAfter + "\r\n";
    var message = behaviour.complaint(request.everything());
    wire.send(status, headers, Map.of("error", Map.of("message", message, "type", "fake")));
  }

  private void whole(ChatRequest request, Behaviour behaviour, String[] tokens) throws IOException {
    var message = Map.of("role", "assistant", "content", String.join("", tokens));
    var choice = Map.of("index", 0, "message", message, "finish_reason", "stop");
    var body = request.head("chat.completion");
    body.put("choices", List.of(choice));
    if (behaviour.reportsUsage()) {
      body.put("usage", request.usage(tokens.length));
    }
    wire.send(200, body);
  }

  private void stream(ChatRequest request, Behaviour behaviour, String[] tokens)
      throws IOException {
    wire.beginStream();
    for (int i = 0; i < tokens.length; i++) {
      if (i == behaviour.cut()) {
        socket.close();
        return;
      }
      chunk(request, Map.of("delta", Map.of("content", behaviour.spoken(tokens[i]))));
      listen(behaviour.gap());
    }
    chunk(request, Map.of("delta", Map.of(), "finish_reason", "stop"));
    if (behaviour.reportsUsage()) {
      var last = request.head("chat.completion.chunk");
      last.put("choices", List.of());
      last.put("usage", request.usage(tokens.length));
      wire.event(last);
    }
    wire.endStream();
  }

  private void chunk(ChatRequest request, Map<String, ?> choice) throws IOException {
    var chunk = request.head("chat.completion.chunk");
    var indexed = new LinkedHashMap<String, Object>(choice);
    indexed.put("index", 0);
    chunk.put("choices", List.of(indexed));
    wire.event(chunk);
  }

  /** A pause that ends at once when the client hangs up: reading is how a socket tells. */
  private void listen(Duration pause) throws IOException {
    if (pause.isZero()) {
      return;
    }
    var end = Instant.now().plus(pause);
    socket.setSoTimeout(Math.toIntExact(Math.max(1, pause.toMillis())));
    try {
      if (wire.nextByte() < 0) {
        throw new EOFException("the client hung up at " + Instant.now() + ", not at " + end);
      }
      throw new IOException("a second request before the first was answered");
    } catch (SocketTimeoutException _) {
      // nobody hung up
    } finally {
      if (!socket.isClosed()) {
        socket.setSoTimeout(0);
      }
    }
  }
}
