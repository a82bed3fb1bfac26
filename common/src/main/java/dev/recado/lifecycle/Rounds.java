package dev.recado.lifecycle;

import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What is done again and again, with pauses, on a thread of its own until it is closed. Whatever a
 * round throws is told to the log, and the next one follows.
 */
public final class Rounds implements AutoCloseable {
  private static final Log log = Log.of(Rounds.class);
  private static final Duration AFTER_MISTAKE = Duration.ofSeconds(1);

  private final Supplier<Duration> round;
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * Not yet going.
   *
   * @param thread on what kind of thread, and its name
   * @param round what to do; returns how long to pause after it
   */
  public Rounds(Thread.Builder thread, Supplier<Duration> round) {
    this.round = round;
    this.thread = thread.unstarted(this::run);
  }

  /** Begins with the first round at once. */
  public void start() {
    thread.start();
  }

  private void run() {
    while (!stopping) {
      pause(goRound());
    }
  }

  // Errors too: without this thread the process would look well, and nobody would do its work.
  private Duration goRound() {
    try {
      return round.get();
    } catch (RuntimeException | Error mistake) {
      log.tellWhy(mistake, LogEvent.PART_MISTAKE, thread.getName());
      return AFTER_MISTAKE;
    }
  }

  /** A pause within a round; over at once when it is time to stop. */
  public void pause(Duration duration) {
    if (!stopping) {
      LockSupport.parkNanos(duration.toNanos());
    }
  }

  /** Whether the round under way shall be the last, and end soon. */
  public boolean isStopping() {
    return stopping;
  }

  /** Cuts a pause short and waits for the end of the round under way. */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
