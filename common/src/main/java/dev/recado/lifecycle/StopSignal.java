package dev.recado.lifecycle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The signals that ask a process to stop: SIGTERM, SIGINT and, of a terminal that was closed,
 * SIGHUP. The first one is handed to whoever waits for it; a second SIGTERM or SIGINT ends the
 * process at once, with the shell's usual exit code, 128 and the signal's number. A process that
 * was started to ignore one, as by nohup, does so. Thread-safe.
 */
// The JVM's own shutdown hooks can not tell a second signal from the first, and turn every orderly
// stop into exit code 143, which supervisors take for a failure.
public final class StopSignal {
  private static final int KILLED_BY_SIGNAL = 128;

  private final CompletableFuture<String> first = new CompletableFuture<>();

  private StopSignal() {}

  /** Takes over these signals from now on. */
  public static StopSignal install() {
    var stop = new StopSignal();
    OsSignals.handle("TERM", number -> stop.arrived("SIGTERM", number));
    OsSignals.handle("INT", number -> stop.arrived("SIGINT", number));
    // A closed terminal is told by the shell and by the kernel: the second time nobody has
    // insisted.
    OsSignals.handleWhereKnown("HUP", _ -> stop.first.complete("SIGHUP"));
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
