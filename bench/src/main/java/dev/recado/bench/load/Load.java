package dev.recado.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Requests over so many connections for so long, all from one thread, so that the generator takes
 * little of the machine it measures.
 */
public final class Load {
  private static final int SCRATCH_BYTES = 256 << 10;
  private static final long NAP_NANOS = 50_000;
  private static final long COARSE_NANOS = 2_000_000;
  private static final long LONG_WAIT_NANOS = 50_000_000;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private final Connections connections;
  private final Supplier<Request> requests;
  private final Pace pace;
  private final long duration;
  private final Deque<Lane> idle;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
  private final Tally tally = new Tally();
  private final long start;
  private long sent;

  private Load(Connections connections, Supplier<Request> requests, Pace pace, Duration duration) {
    this.connections = connections;
    this.requests = requests;
    this.pace = pace;
    this.duration = duration.toNanos();
    this.idle = new ArrayDeque<>(connections.lanes());
    this.start = System.nanoTime();
  }

  /**
   * Runs a load over so many new connections, and waits for the answers to all that was sent.
   *
   * @param requests gives the next request; called from the calling thread only
   * @throws UncheckedIOException if the server hangs up or stays silent for 30 seconds
   */
  public static Tally run(
      URI server, Supplier<Request> requests, int connections, Pace pace, Duration duration) {
    try (var opened = Connections.open(server, connections)) {
      return run(opened, requests, pace, duration);
    }
  }

  /** The same over these connections, which are as free afterwards as they were before. */
  public static Tally run(
      Connections connections, Supplier<Request> requests, Pace pace, Duration duration) {
    try {
      return new Load(connections, requests, pace, duration).over();
    } catch (IOException e) {
      throw new UncheckedIOException("the load on " + connections.server() + " broke off", e);
    }
  }

  private Tally over() throws IOException {
    while (isMoreDue() || idle.size() < connections.lanes().size()) {
      if (elapsed() > duration + PATIENCE_NANOS) {
        throw new IOException("no answer for " + Duration.ofNanos(PATIENCE_NANOS));
      }
      sendDue();
      await();
    }
    tally.end(Duration.ofNanos(elapsed()));
    return tally;
  }

  private void sendDue() throws IOException {
    var now = elapsed();
    for (var due = pace.due(sent, now);
        due <= now && due < duration && !idle.isEmpty();
        due = pace.due(sent, now)) {
      idle.remove().send(requests.get(), due);
      sent++;
    }
  }

  /**
   * Also after the time is over: what fell due in it is sent, however late, and its wait counted.
   */
  private boolean isMoreDue() {
    return pace.due(sent, elapsed()) < duration;
  }

  /** Waits for an answer, or until the next request is due if a lane is free for it. */
  private void await() throws IOException {
    var now = elapsed();
    var isFree = !idle.isEmpty() && isMoreDue();
    var wait = isFree ? pace.due(sent, now) - now : LONG_WAIT_NANOS;
    if (wait >= COARSE_NANOS) {
      connections.await(wait / 1_000_000 - 1, this::receive);
    } else if (connections.now(this::receive) == 0 && wait > 0) {
      // The selector counts in milliseconds, which is too coarse to be on time.
      LockSupport.parkNanos(Math.min(wait, NAP_NANOS));
      connections.now(this::receive);
    }
  }

  private void receive(Lane lane) {
    try {
      if (lane.receive(scratch)) {
        tally.add(lane.status(), elapsed() - lane.intended());
        idle.add(lane);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long elapsed() {
    return System.nanoTime() - start;
  }
}
