package dev.recado.lifecycle;

import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Owns the running parts of a process. They are handed over in the order in which they were
 * started, and stopped in the reverse order, all of them within one time bound: a part that throws
 * or hangs keeps no other from being asked to stop, as long as there is time.
 *
 * <p>Thread-safe. Meant for try-with-resources, so that a part that does not start takes down those
 * that did.
 */
public final class Lifecycle implements AutoCloseable {
  private static final Log log = Log.of(Lifecycle.class);

  private final Duration stopWithin;
  private final Deque<Part> running = new ArrayDeque<>();

  /** An empty one, which will take at most this long to stop. */
  public Lifecycle(Duration stopWithin) {
    this.stopWithin = stopWithin;
  }

  /**
   * Takes over a part that has just started.
   *
   * @param name what to call it when it does not stop
   * @return the same part
   */
  public <T extends AutoCloseable> T own(String name, T part) {
    synchronized (running) {
      running.push(new Part(name, part));
    }
    return part;
  }

  /**
   * Stops everything, the last started first. Does nothing the second time.
   *
   * @return whether all parts were stopped in time and without an error
   */
  public boolean stop() {
    var parts = takeAll();
    var stopping = new Stopping(parts);
    Thread.ofPlatform().name("stop").daemon().start(stopping);
    if (!stopping.await(stopWithin)) {
      log.tell(LogEvent.STOP_TOO_SLOW, stopWithin.toSeconds(), stopping.unfinished());
      return false;
    }
    return stopping.wentWell;
  }

  @Override
  public void close() {
    stop();
  }

  private List<Part> takeAll() {
    synchronized (running) {
      var parts = List.copyOf(running);
      running.clear();
      return parts;
    }
  }

  private record Part(String name, AutoCloseable handle) {}

  /** The stop itself, on a thread of its own, so that a part that hangs can be left behind. */
  private static final class Stopping implements Runnable {
    private final Deque<Part> left;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean wentWell = true;

    Stopping(List<Part> parts) {
      left = new ConcurrentLinkedDeque<>(parts);
    }

    @Override
    public void run() {
      for (var part = left.peek(); part != null; part = left.peek()) {
        stop(part);
        left.remove();
      }
      finished.countDown();
    }

    private void stop(Part part) {
      var begin = System.nanoTime();
      try {
        part.handle().close();
      } catch (Exception | Error e) {
        wentWell = false;
        log.tellWhy(e, LogEvent.PART_STOP_FAILED, part.name());
      }
      log.tell(LogEvent.PART_STOPPED, part.name(), (System.nanoTime() - begin) / 1_000_000);
    }

    boolean await(Duration atMost) {
      try {
        return finished.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    String unfinished() {
      return String.join(", ", left.stream().map(Part::name).toList());
    }
  }
}
