package dev.recado.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands where there is no span. */
final class NoSpan implements Span {
  private static final Scope NOTHING = () -> {};

  @Override
  public Span note(Attribute attribute, @Nullable String value) {
    return this;
  }

  @Override
  public Span note(Attribute attribute, @Nullable Long value) {
    return this;
  }

  @Override
  public Span note(Attribute attribute, @Nullable Double value) {
    return this;
  }

  @Override
  public Span note(Attribute attribute, List<String> values) {
    return this;
  }

  @Override
  public Span failed(String why) {
    return this;
  }

  @Override
  public @Nullable String traceparent() {
    return null;
  }

  @Override
  public Scope enter() {
    return NOTHING;
  }

  @Override
  public void close() {}
}
