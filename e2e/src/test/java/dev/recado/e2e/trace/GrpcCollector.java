package dev.recado.e2e.trace;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.Protocol;
import okio.Buffer;

/**
 * Receives OTLP over gRPC: HTTP/2 from the first byte, one message a call, the status in a trailer.
 */
final class GrpcCollector implements AutoCloseable {
  /** A byte that says whether the message is packed, and four for its length. */
  private static final int PREFIX = 5;

  private final MockWebServer server = new MockWebServer();
  private final SeenSpans spans = new SeenSpans();

  static GrpcCollector start() throws IOException {
    var collector = new GrpcCollector();
    collector.server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    collector.server.setDispatcher(collector.new Service());
    collector.server.start();
    return collector;
  }

  Map<String, String> settings() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + server.getPort(),
        "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
        "OTEL_BSP_SCHEDULE_DELAY", "50");
  }

  SeenSpans spans() {
    return spans;
  }

  private final class Service extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      if (!"/opentelemetry.proto.collector.trace.v1.TraceService/Export"
          .equals(request.getTarget())) {
        return new MockResponse.Builder().code(404).build();
      }
      take(Objects.requireNonNull(request.getBody()).toByteArray());
      return new MockResponse.Builder()
          .addHeader("content-type", "application/grpc")
          .body(new Buffer().write(new byte[PREFIX])) // a message with nothing in it
          .trailers(Headers.of("grpc-status", "0"))
          .build();
    }
  }

  private void take(byte[] body) {
    try {
      var message = Arrays.copyOfRange(body, PREFIX, body.length);
      spans.take(ExportTraceServiceRequest.parseFrom(message));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
