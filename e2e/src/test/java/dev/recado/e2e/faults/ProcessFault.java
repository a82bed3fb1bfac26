package dev.recado.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.recado.e2e.RecadoProcess;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** Faults of our own processes: the one that has run longest is struck, so they take turns. */
abstract class ProcessFault implements Fault {
  private final String name;
  private final int deaths;
  private final Supplier<RecadoProcess> start;
  private final Deque<RecadoProcess> running = new ArrayDeque<>();
  private final List<RecadoProcess> struck = new ArrayList<>();

  private ProcessFault(String name, int deaths, Supplier<RecadoProcess> start, int processes) {
    this.name = name;
    this.deaths = deaths;
    this.start = start;
    for (var n = 0; n < processes; n++) {
      running.add(start.get());
    }
  }

  /** SIGKILL, and a new process in its place. */
  static ProcessFault kill(
      String name, int workersEach, Supplier<RecadoProcess> start, int processes) {
    return new ProcessFault(name, workersEach, start, processes) {
      @Override
      void strike(RecadoProcess process) {
        process.kill();
      }

      @Override
      public boolean wasFelt(History history) {
        return struck().stream().noneMatch(RecadoProcess::isAlive);
      }
    };
  }

  /** SIGTERM, and a new process when the old one has ended well. */
  static ProcessFault restart(String name, Supplier<RecadoProcess> start, int processes) {
    return new ProcessFault(name, 0, start, processes) {
      @Override
      void strike(RecadoProcess process) {
        var code = process.stop();
        if (code != 0) {
          throw new AssertionError(name() + ": a stop answered " + code);
        }
      }

      @Override
      public boolean wasFelt(History history) {
        return struck().stream().noneMatch(RecadoProcess::isAlive);
      }
    };
  }

  /** SIGSTOP for longer than a lease, then SIGCONT: a worker that comes back from the dead. */
  static ProcessFault pause(
      String name, Duration pause, Supplier<RecadoProcess> start, int processes) {
    return new ProcessFault(name, 1, start, processes) {
      @Override
      void strike(RecadoProcess process) {
        process.pause();
      }

      @Override
      public Duration lasts() {
        return pause;
      }

      @Override
      RecadoProcess mend(RecadoProcess process) {
        process.resume();
        return process;
      }

      @Override
      public boolean wasFelt(History history) {
        return struck().stream().allMatch(ProcessFault::findsItsLeaseGone) || stood(history);
      }

      // Stopped within a commit, it held the store's lock: nobody could take its lease away.
      private boolean stood(History history) {
        var half = pause.dividedBy(2);
        return history.attempts().stream().anyMatch(submit -> submit.took().compareTo(half) > 0);
      }
    };
  }

  /** At its next heartbeat, which may come after the queue has drained. */
  private static boolean findsItsLeaseGone(RecadoProcess worker) {
    try {
      await().atMost(Duration.ofSeconds(10)).until(() -> worker.log().contains("had lapsed"));
      return true;
    } catch (ConditionTimeoutException never) {
      return false;
    }
  }

  abstract void strike(RecadoProcess process);

  /** What takes the struck process's place. */
  RecadoProcess mend(RecadoProcess process) {
    return start.get();
  }

  List<RecadoProcess> struck() {
    return List.copyOf(struck);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int deathsPerStrike() {
    return deaths;
  }

  @Override
  public void strike() {
    var process = running.remove();
    struck.add(process);
    strike(process);
  }

  @Override
  public void heal() {
    running.add(mend(struck.getLast()));
  }
}
