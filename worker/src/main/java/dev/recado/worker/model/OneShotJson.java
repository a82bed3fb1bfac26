package dev.recado.worker.model;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The body of a call. One-shot: without that, OkHttp repeats a request answered 503 with {@code
 * Retry-After: 0}, whatever its other settings say.
 */
final class OneShotJson extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json");

  private final byte[] json;
  private final Line line;

  OneShotJson(ModelRequest request, RequestStyle style, Line line) {
    this.json = write(request, style);
    this.line = line;
  }

  private static byte[] write(ModelRequest request, RequestStyle style) {
    var body = JsonNodeFactory.instance.objectNode();
    // First, as routers read it from the beginning of the body.
    body.put("model", request.model());
    var messages = body.putArray("messages");
    for (var message : request.messages()) {
      messages
          .addObject()
          .put("role", message.role())
          .put("content", message.content())
          .setAll(message.rest());
    }
    body.put("stream", style.streaming() != Streaming.PLAIN);
    if (style.streaming() == Streaming.STREAM_WITH_USAGE) {
      body.putObject("stream_options").put("include_usage", true);
    }
    if (request.maxTokens() != null) {
      body.put(style.lengthField().spelling(), request.maxTokens());
    }
    if (request.temperature() != null) {
      body.put("temperature", request.temperature());
    }
    body.setAll(request.options());
    return Json.MAPPER.writeValueAsBytes(body);
  }

  @Override
  public MediaType contentType() {
    return JSON;
  }

  @Override
  public long contentLength() {
    return json.length;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(json);
    line.awaitAnswer(sink);
  }
}
