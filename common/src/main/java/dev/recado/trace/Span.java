package dev.recado.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a job's way, until it is closed. Thread-safe, but for {@link #enter}. What is noted
 * where there is nothing is left out.
 */
public interface Span extends AutoCloseable {
  /** One that nobody looks at. */
  Span NONE = new NoSpan();

  /** Notes a word. */
  Span note(Attribute attribute, @Nullable String value);

  /** Notes a whole number. */
  Span note(Attribute attribute, @Nullable Long value);

  /** Notes a number. */
  Span note(Attribute attribute, @Nullable Double value);

  /** Notes some words. */
  Span note(Attribute attribute, List<String> values);

  /** Says that it failed, and why, in a word. */
  Span failed(String why);

  /** Its name, for whoever comes next; null if nobody looks at it. */
  @Nullable String traceparent();

  /** From now on it is the parent of this thread's spans that name none, until this is closed. */
  Scope enter();

  /** Ends. */
  @Override
  void close();

  /** What ends without throwing, on the thread where it began. */
  interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
