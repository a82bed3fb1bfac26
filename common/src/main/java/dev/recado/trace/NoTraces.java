package dev.recado.trace;

import org.jspecify.annotations.Nullable;

/** Stands where traces are off. */
final class NoTraces implements Traces {
  @Override
  public boolean areOn() {
    return false;
  }

  @Override
  public Span begin(Kind kind, String name, @Nullable String parent) {
    return Span.NONE;
  }

  @Override
  public Span beginAfter(Kind kind, String name, @Nullable String cause) {
    return Span.NONE;
  }

  @Override
  public Span beginWithin(Kind kind, String name) {
    return Span.NONE;
  }
}
