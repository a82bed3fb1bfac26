package dev.recado.trace;

import org.jspecify.annotations.Nullable;

/**
 * Begins spans. Thread-safe. {@link #OFF} makes no object for any of them, and no class of
 * OpenTelemetry is loaded for it.
 */
public interface Traces {
  /** Nobody looks. */
  Traces OFF = new NoTraces();

  /** Whether somebody looks: for names and notes that are made for a span alone. */
  boolean areOn();

  /**
   * Begins a span.
   *
   * @param parent the name of the span it belongs to; what makes no sense, and null, begin a trace
   */
  Span begin(Kind kind, String name, @Nullable String parent);

  /** Begins a trace that a span of another one has led to. */
  Span beginAfter(Kind kind, String name, @Nullable String cause);

  /** Begins a span within the one that this thread has entered. */
  Span beginWithin(Kind kind, String name);

  /** What a span does, in OpenTelemetry's words. */
  enum Kind {
    /** Answers a request. */
    SERVER,
    /** Asks another program, and waits. */
    CLIENT,
    /** Sends a message. */
    PRODUCER,
    /** Does what a message asks for. */
    CONSUMER
  }
}
