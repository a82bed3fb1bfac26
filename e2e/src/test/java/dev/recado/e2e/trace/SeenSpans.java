package dev.recado.e2e.trace;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** What a collector was told, whichever way. Thread-safe. */
final class SeenSpans {
  private static final Duration BOUND = Duration.ofSeconds(15);

  private final List<SeenSpan> spans = new CopyOnWriteArrayList<>();

  void take(ExportTraceServiceRequest request) {
    request.getResourceSpansList().forEach(this::take);
  }

  private void take(ResourceSpans resource) {
    for (var scope : resource.getScopeSpansList()) {
      scope.getSpansList().forEach(span -> spans.add(new SeenSpan(resource.getResource(), span)));
    }
  }

  /** The spans of a job, once there are so many of them. */
  List<SeenSpan> awaitTrace(String traceId, int count) {
    return await(span -> span.traceId().equals(traceId), count);
  }

  /** Those that are asked for, once there are so many of them. */
  List<SeenSpan> await(Predicate<SeenSpan> which, int count) {
    return Awaitility.await("spans")
        .atMost(BOUND)
        .until(() -> all(which), found -> found.size() >= count);
  }

  List<SeenSpan> all(Predicate<SeenSpan> which) {
    return spans.stream().filter(which).toList();
  }
}
