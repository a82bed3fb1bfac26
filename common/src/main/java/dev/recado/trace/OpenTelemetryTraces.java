package dev.recado.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Spans of OpenTelemetry. */
public final class OpenTelemetryTraces implements Traces {
  private static final String SCOPE = "dev.recado";

  private final Tracer tracer;

  /** Spans that go wherever these go. */
  public OpenTelemetryTraces(OpenTelemetry telemetry) {
    tracer = telemetry.getTracer(SCOPE);
  }

  @Override
  public boolean areOn() {
    return true;
  }

  @Override
  public Span begin(Kind kind, String name, @Nullable String parent) {
    var context =
        remote(parent)
            .map(io.opentelemetry.api.trace.Span::wrap)
            .map(Context.root()::with)
            .orElseGet(Context::root);
    return begin(builder(kind, name).setParent(context));
  }

  @Override
  public Span beginAfter(Kind kind, String name, @Nullable String cause) {
    var builder = builder(kind, name).setNoParent();
    remote(cause).ifPresent(builder::addLink);
    return begin(builder);
  }

  @Override
  public Span beginWithin(Kind kind, String name) {
    return begin(builder(kind, name));
  }

  private SpanBuilder builder(Kind kind, String name) {
    return tracer.spanBuilder(name).setSpanKind(SpanKind.valueOf(kind.name()));
  }

  private static Span begin(SpanBuilder builder) {
    return new OpenTelemetrySpan(builder.startSpan());
  }

  private static Optional<SpanContext> remote(@Nullable String text) {
    return Traceparent.parse(text).map(OpenTelemetryTraces::remote);
  }

  private static SpanContext remote(Traceparent parent) {
    return SpanContext.createFromRemoteParent(
        parent.traceId(),
        parent.spanId(),
        TraceFlags.fromHex(parent.flags(), 0),
        TraceState.getDefault());
  }
}
