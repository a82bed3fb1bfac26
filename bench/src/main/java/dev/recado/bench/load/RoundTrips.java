package dev.recado.bench.load;

import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.ObjectMapper;

/**
 * Jobs left at a fixed pace, each followed from its submit to its result as a client would. Open
 * loop: the time runs from when the submit was due. For one run.
 */
public final class RoundTrips {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long POLL_NANOS = 2_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI server;
  private final Client client;
  private final Queue<Caller> callers = new ConcurrentLinkedQueue<>();
  private final Tally tally = new Tally();

  /** How a client comes by its result. */
  @FunctionalInterface
  private interface Client {
    /** The status of the last answer: 200 if all went well. */
    int finish(Caller caller, long due);
  }

  private RoundTrips(URI server, Client client) {
    this.server = server;
    this.client = client;
  }

  /**
   * Of clients that ask every two milliseconds.
   *
   * @param json the body of each submit
   */
  public static RoundTrips asking(URI server, String json) {
    var submit = Request.post(server, "/predict", json);
    return new RoundTrips(server, (caller, due) -> ask(server, submit, caller, due));
  }

  /**
   * Of clients that let the server answer their submit when there is a result.
   *
   * @param json the body of each submit
   */
  public static RoundTrips waiting(URI server, String json) {
    var submit = Request.post(server, "/predict", json, "Prefer: wait=10");
    return new RoundTrips(server, (caller, _) -> caller.call(submit).status());
  }

  /**
   * Leaves jobs until the duration is over, and waits for all of their results.
   *
   * @return the results, with the times from submit to result
   */
  public Tally run(Pace pace, Duration duration) {
    var start = System.nanoTime();
    // Closing it waits for all of them.
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0L; pace.due(i, 0) < duration.toNanos(); i++) {
        var due = start + pace.due(i, 0);
        sleepUntil(due);
        var _ = clients.submit(() -> follow(due));
      }
    }
    callers.forEach(Caller::close);
    tally.end(Duration.ofNanos(System.nanoTime() - start));
    return tally;
  }

  private void follow(long due) {
    var free = callers.poll();
    var caller = free == null ? Caller.to(server) : free;
    var status = client.finish(caller, due);
    callers.add(caller);
    var nanos = System.nanoTime() - due;
    synchronized (tally) {
      tally.add(status, nanos);
    }
  }

  private static int ask(URI server, Request submit, Caller caller, long due) {
    var accepted = caller.call(submit);
    if (accepted.status() != 202) {
      return accepted.status();
    }
    var id = JSON.readTree(accepted.body()).path("job_id").asString();
    var poll = Request.get(server, "/result/" + id);
    var status = caller.call(poll).status();
    while (status == 202 && System.nanoTime() - due < PATIENCE.toNanos()) {
      LockSupport.parkNanos(POLL_NANOS);
      status = caller.call(poll).status();
    }
    return status;
  }

  private static void sleepUntil(long time) {
    for (var wait = time - System.nanoTime(); wait > 0; wait = time - System.nanoTime()) {
      LockSupport.parkNanos(wait);
    }
  }
}
