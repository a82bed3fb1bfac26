package dev.recado.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A span of OpenTelemetry. */
final class OpenTelemetrySpan implements Span {
  private final io.opentelemetry.api.trace.Span span;

  OpenTelemetrySpan(io.opentelemetry.api.trace.Span span) {
    this.span = span;
  }

  @Override
  public Span note(Attribute attribute, @Nullable String value) {
    if (value != null) {
      span.setAttribute(attribute.wireName(), value);
    }
    return this;
  }

  @Override
  public Span note(Attribute attribute, @Nullable Long value) {
    if (value != null) {
      span.setAttribute(attribute.wireName(), value);
    }
    return this;
  }

  @Override
  public Span note(Attribute attribute, @Nullable Double value) {
    if (value != null) {
      span.setAttribute(attribute.wireName(), value);
    }
    return this;
  }

  @Override
  public Span note(Attribute attribute, List<String> values) {
    span.setAttribute(AttributeKey.stringArrayKey(attribute.wireName()), values);
    return this;
  }

  @Override
  public Span failed(String why) {
    span.setStatus(StatusCode.ERROR);
    return note(Attribute.ERROR_TYPE, why);
  }

  @Override
  public @Nullable String traceparent() {
    var name = span.getSpanContext();
    return name.isValid()
        ? new Traceparent(name.getTraceId(), name.getSpanId(), name.getTraceFlags().asHex())
            .toString()
        : null;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // whoever enters closes what is returned
  public Scope enter() {
    var scope = span.makeCurrent();
    return scope::close;
  }

  @Override
  public void close() {
    span.end();
  }
}
