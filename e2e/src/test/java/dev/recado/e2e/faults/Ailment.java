package dev.recado.e2e.faults;

import java.time.Duration;

/** What is wrong with the line that a {@link FaultProxy} is. */
sealed interface Ailment {
  /** Nothing. */
  record None() implements Ailment {}

  /** Each piece comes this much later. */
  record Latency(Duration delay) implements Ailment {}

  /** Nothing arrives and nobody is told. The connections are cut when it ends. */
  record Blackhole() implements Ailment {}

  /** Every connection, old or new, is reset. */
  record Reset() implements Ailment {}

  /** The server's answers arrive as other bytes. */
  record Garbage() implements Ailment {}

  /** A connection is cut after so many bytes of the server's. */
  record CutAfter(int bytes) implements Ailment {}

  /** The server's side of the connection ends; the client's does not. */
  record HalfClosed() implements Ailment {}
}
