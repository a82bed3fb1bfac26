package dev.recado.e2e.faults;

import java.time.Duration;

/** One way to break a running system, and to mend it again. */
interface Fault {
  String name();

  void strike();

  /** How long it lasts before it is healed, more or less. */
  default Duration lasts() {
    return Duration.ofMillis(300);
  }

  void heal();

  /**
   * Whether the system has felt it, by what it left behind: a log line, a call, a refused submit. A
   * run whose fault was not felt proves nothing and fails.
   */
  boolean wasFelt(History history);

  /** How many workers died in one strike, each of which explains one more call for a prompt. */
  default int deathsPerStrike() {
    return 0;
  }

  /** How many further calls of one prompt one strike causes by itself, such as refused ones. */
  default int furtherCallsPerStrike() {
    return 0;
  }
}
