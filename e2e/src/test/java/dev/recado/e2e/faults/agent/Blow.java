package dev.recado.e2e.faults.agent;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** What is done to a process that reaches a failpoint. Linux only, by the signals' numbers. */
public enum Blow {
  /** SIGKILL: it runs no instruction more. */
  KILL(9),
  /** SIGSTOP: it stands still, in the middle of whatever it does, until somebody says SIGCONT. */
  STOP(19),
  /** It goes on with an exception. */
  TRIP(0);

  private final int signal;

  Blow(int signal) {
    this.signal = signal;
  }

  /** Hits this very process, before it takes another step. */
  void strike() {
    if (this == TRIP) {
      throw new IllegalStateException("tripped at a failpoint");
    }
    Kill.self(signal);
  }

  /** The system call itself: any detour would give the other threads time to go on. */
  private static final class Kill {
    private static final MethodHandle KILL = link();

    @SuppressWarnings("restricted") // to call the system is what it is for
    private static MethodHandle link() {
      var linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow("kill"),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    }

    static void self(int signal) {
      try {
        var _ = (int) KILL.invokeExact((int) ProcessHandle.current().pid(), signal);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
