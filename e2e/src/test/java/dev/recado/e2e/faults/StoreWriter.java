package dev.recado.e2e.faults;

import dev.recado.job.JobIds;
import dev.recado.job.JobResult;
import dev.recado.job.NewJob;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.store.JobStore;
import dev.recado.store.sqlite.SqliteJobStore;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * A process that writes a job store as fast as it can until it is killed, and prints what it was
 * promised: {@code +id} for a job that was accepted, {@code =id} for one that has succeeded. Each
 * line is printed after the promise and is lost at most with the process.
 */
final class StoreWriter {
  private static final int SUBMITTERS = 8;
  private static final JobResult ANSWER = new JobResult("a", null, null, "m", null, "stop");

  private final JobStore store;
  private final JobIds ids = new JobIds(Clock.systemUTC());

  private StoreWriter(JobStore store) {
    this.store = store;
  }

  public static void main(String[] arguments) {
    var writer = new StoreWriter(SqliteJobStore.open(arguments[0], Clock.systemUTC()));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var n = 0; n < SUBMITTERS; n++) {
        threads.execute(writer::submit);
      }
      threads.execute(writer::work);
    }
  }

  private void submit() {
    while (true) {
      var id = ids.next();
      var hour = Duration.ofHours(1);
      store.add(new NewJob(id, Tenant.DEFAULT, "generate", null, "{}", null, hour, null, null));
      say('+', id.value());
    }
  }

  private void work() {
    var me = new WorkerId(UUID.randomUUID().toString());
    store.signOn(me, 64, Duration.ofMinutes(1));
    while (true) {
      for (var job : store.claim(me, 4)) {
        store.settle(job, new Settlement.Succeed(ANSWER));
        say('=', job.id().value());
      }
    }
  }

  private static synchronized void say(char what, String id) {
    System.out.println(what + id);
  }
}
