package dev.recado.bench.scenario;

import dev.recado.bench.load.Connections;
import dev.recado.bench.load.Load;
import dev.recado.bench.load.Pace;
import dev.recado.bench.load.Request;
import dev.recado.bench.load.Tally;
import dev.recado.bench.machine.Contender;
import dev.recado.bench.machine.Installation;
import dev.recado.bench.machine.Pause;
import dev.recado.bench.machine.Setup;
import dev.recado.job.WorkerId;
import dev.recado.store.JobStore;
import dev.recado.sweep.Sweeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * A web with a store that was filled before it, and what clients and workers ask for there. Closing
 * it stops the web.
 */
final class GrownServer implements AutoCloseable {
  // From this size on a store is examined beside the work at its start, which would be measured.
  private static final long LARGE_BYTES = 32L << 20;
  private static final Duration EXAMINATION = Duration.ofMinutes(15);
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Pace EASY = Pace.of(500);
  private static final int CONNECTIONS = 8;
  private static final Duration FIRST_ANSWERS = Duration.ofMillis(100);

  private final SeededStore seeded;
  private final JobStore store;
  private final Installation installation;

  private GrownServer(SeededStore seeded, JobStore store, Installation installation) {
    this.seeded = seeded;
    this.store = store;
    this.installation = installation;
  }

  /** Starts a web on this store, opens it for a worker as well, and waits until both know it. */
  static GrownServer start(SeededStore seeded, Lab lab) {
    var installation = Contender.splitOn(seeded.file(), lab.workplace(), Setup.echo());
    try {
      var web = installation.startFront();
      installation.awaitFront(web);
      var store = SeededStore.open(seeded.file());
      if (size(seeded) > LARGE_BYTES) {
        awaitExamination(() -> web.said().contains("examined"));
        awaitExamination(() -> !isExamining());
      }
      return new GrownServer(seeded, store, installation);
    } catch (RuntimeException failure) {
      installation.close();
      throw failure;
    }
  }

  private static void awaitExamination(BooleanSupplier isOver) {
    Pause.until("the examination of the store", EXAMINATION, isOver);
  }

  /** Of a store in this process, which says so in the log alone. */
  private static boolean isExamining() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("store-examination"));
  }

  private static long size(SeededStore seeded) {
    try {
      return Files.size(seeded.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Any of some jobs that are finished. */
  Supplier<Request> finished() {
    return any(seeded.finished());
  }

  /** Any of some jobs that wait. */
  Supplier<Request> queued() {
    return any(seeded.queued());
  }

  private Supplier<Request> any(List<String> ids) {
    var requests = ids.stream().map(id -> Request.get(uri(), "/api/result/" + id)).toList();
    return () -> requests.get(ThreadLocalRandom.current().nextInt(requests.size()));
  }

  /** A page of jobs. */
  Supplier<Request> list() {
    return fixed("/api/jobs?limit=20");
  }

  /** How the queue stands. */
  Supplier<Request> queue() {
    return fixed("/api/queue");
  }

  private Supplier<Request> fixed(String path) {
    var request = Request.get(uri(), path);
    return () -> request;
  }

  private URI uri() {
    return installation.uri();
  }

  /** Asks at an easy pace for so long, over connections that have had an answer before. */
  Tally ask(Supplier<Request> requests, Duration duration) {
    try (var connections = Connections.open(uri(), CONNECTIONS)) {
      Load.run(connections, requests, EASY, FIRST_ANSWERS);
      var answers = Load.run(connections, requests, EASY, duration);
      answers.requireOnly(200, 202);
      return answers;
    }
  }

  /** Claims so many jobs, one by one; they go back to the queue afterwards. */
  Histogram claim(int jobs) {
    var times = new Histogram(3);
    var worker = new WorkerId(UUID.randomUUID().toString());
    store.signOn(worker, jobs, LEASE);
    for (var i = 0; i < jobs; i++) {
      var start = System.nanoTime();
      store.claim(worker, 1);
      times.recordValue(System.nanoTime() - start);
    }
    store.signOff(worker);
    return times;
  }

  /** Sweeps so often, and finds what the web's own sweeper has left: mostly nothing. */
  Histogram sweep(int times) {
    var taken = new Histogram(3);
    for (var i = 0; i < times; i++) {
      var start = System.nanoTime();
      store.sweep(Sweeper.MAX_CRASHES, Instant.now());
      taken.recordValue(System.nanoTime() - start);
    }
    return taken;
  }

  @Override
  public void close() {
    store.close();
    installation.close();
  }
}
