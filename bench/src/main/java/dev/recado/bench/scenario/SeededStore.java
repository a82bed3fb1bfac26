package dev.recado.bench.scenario;

import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobResult;
import dev.recado.job.NewJob;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.store.JobStore;
import dev.recado.store.sqlite.SqliteJobStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A job store that was filled through its own port: nine finished jobs for each that waits.
 *
 * @param file where it is
 * @param finished some jobs that are finished
 * @param queued some jobs that wait
 */
record SeededStore(Path file, List<String> finished, List<String> queued) {
  private static final int WRITERS = 256;
  private static final int BATCH = 50;
  private static final int SAMPLES = 1_000;
  private static final Duration LONG = Duration.ofDays(2);

  static SeededStore of(Path file, int rows) {
    try (var store = open(file)) {
      var finished = add(store, rows / 10 * 9);
      finishAll(store);
      return new SeededStore(file, finished, add(store, rows / 10));
    }
  }

  static JobStore open(Path file) {
    return SqliteJobStore.open("jdbc:sqlite:" + file, Clock.systemUTC());
  }

  /** Adds so many jobs, and tells the names of some. */
  private static List<String> add(JobStore store, int jobs) {
    var ids = new JobIds(Clock.systemUTC());
    var left = new AtomicInteger(jobs);
    Queue<String> samples = new ConcurrentLinkedQueue<>();
    var every = Math.max(1, jobs / SAMPLES);
    inParallel(() -> {
      for (var number = left.getAndDecrement(); number > 0; number = left.getAndDecrement()) {
        var id = ids.next();
        store.add(job(id));
        if (number % every == 0) {
          samples.add(id.toString());
        }
      }
    });
    return List.copyOf(samples);
  }

  private static NewJob job(JobId id) {
    return new NewJob(id, Tenant.DEFAULT, "generate", null, Lab.JOB, null, LONG, null, null);
  }

  private static void finishAll(JobStore store) {
    var worker = new WorkerId("seed");
    store.signOn(worker, WRITERS, LONG);
    var outcome =
        new Settlement.Succeed(new JobResult("Sim, claro.", null, null, "fake", null, "stop"));
    inParallel(() -> {
      for (var jobs = store.claim(worker, BATCH);
          !jobs.isEmpty();
          jobs = store.claim(worker, BATCH)) {
        jobs.forEach(job -> store.settle(job, outcome));
      }
    });
    store.signOff(worker);
  }

  private static void inParallel(Runnable writer) {
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < WRITERS; i++) {
        writers.execute(writer);
      }
    }
  }
}
