package dev.recado.delivery;

import java.time.Instant;

/** What becomes of a delivery after a try. */
public sealed interface Verdict {
  /** The receiver has it. */
  record Delivered() implements Verdict {}

  /** It is tried again. */
  record RetryAt(Instant time) implements Verdict {}

  /** It was tried often enough. */
  record GivenUp() implements Verdict {}

  /** The receiver does not want it. */
  record Unwanted() implements Verdict {}
}
