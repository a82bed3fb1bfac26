package dev.recado.lifecycle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The signals that ask a process to stop, SIGTERM and SIGINT. The first one is handed to whoever
 * waits for it; the second one ends the process at once, with the shell's usual exit code, 128 and
 * the signal's number. Thread-safe.
 */
// The JVM's own shutdown hooks can not tell a second signal from the first, and turn every orderly
// stop into exit code 143, which supervisors take for a failure.
public final class StopSignal {
  private static final int KILLED_BY_SIGNAL = 128;

  private final CompletableFuture<String> first = new CompletableFuture<>();

  private StopSignal() {}

  /** Takes over both signals from now on. */
  public static StopSignal install() {
    var stop = new StopSignal();
    OsSignals.handle("TERM", number -> stop.arrived("SIGTERM", number));
    OsSignals.handle("INT", number -> stop.arrived("SIGINT", number));
    return stop;
  }

  /**
   * Waits for the first signal.
   *
   * @return its name, such as {@code SIGTERM}
   */
  public String await() throws InterruptedException {
    try {
      return first.get();
    } catch (ExecutionException neverFails) {
      throw new IllegalStateException(neverFails);
    }
  }

  private void arrived(String name, int number) {
    if (!first.complete(name)) {
      Runtime.getRuntime().halt(KILLED_BY_SIGNAL + number);
    }
  }
}
