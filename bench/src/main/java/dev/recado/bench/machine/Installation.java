package dev.recado.bench.machine;

import dev.recado.bench.load.Caller;
import dev.recado.bench.load.Request;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A system that takes jobs at {@code /predict} and does them. The services it needs run once it is
 * made; its own processes are started when a measurement says so. Closing it stops all of it and
 * deletes its data.
 */
public interface Installation extends AutoCloseable {
  /** How long a backlog may take. */
  Duration PATIENCE = Duration.ofMinutes(10);

  /** Starts what takes the jobs, and does not wait. */
  Program startFront();

  /** Starts what does the jobs, where that is another process, and does not wait. */
  Program startWorker();

  /** Where it takes jobs. */
  URI uri();

  /** How many jobs wait or run, asked over this connection. */
  long pending(Caller caller);

  /** How many jobs wait or run. */
  default long pending() {
    try (var caller = Caller.to(uri())) {
      return pending(caller);
    }
  }

  /** Waits until the front answers requests. */
  default void awaitFront(Program front) {
    front.awaitUntil(this::answers);
  }

  /** Lets it take jobs and start none. */
  default void pause() {
    steer("pause");
  }

  /** Lets it start jobs again. */
  default void resume() {
    steer("resume");
  }

  private void steer(String verb) {
    var answer = Caller.once(uri(), Request.post(uri(), steering() + verb, "{}"));
    if (answer.status() / 100 != 2) {
      throw new IllegalStateException(verb + " answered " + answer);
    }
  }

  /** Where it is paused and resumed: what stands before these words. */
  String steering();

  /** Starts all of it, and waits until the front answers. */
  default List<Program> start() {
    var front = startFront();
    awaitFront(front);
    var worker = startWorker();
    return front == worker ? List.of(front) : List.of(front, worker);
  }

  /** Waits until no job waits or runs. */
  default void awaitDrained() {
    // One connection for all of it: a new one for each look would cost what is measured its time.
    try (var caller = Caller.to(uri())) {
      Pause.until("the end of the backlog", PATIENCE, () -> pending(caller) == 0);
    }
  }

  private boolean answers() {
    try {
      return Caller.once(uri(), Request.get(uri(), "/result/unknown")).status() == 404;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  @Override
  void close();
}
