package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.batch.BatchRequest;
import dev.recado.batch.NewBatch;
import dev.recado.event.JobEvent;
import dev.recado.event.JobEvent.StateChanged;
import dev.recado.event.JobEvent.TakenAway;
import dev.recado.event.local.LocalJobEvents;
import dev.recado.job.BatchId;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.sweep.Sweeper;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweeper tells of the jobs that it ends, so that whoever waits hears of it at once. */
class EndingsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final WorkerId WORKER = new WorkerId("worker");

  private final Clock clock = Clock.systemUTC();
  private final JobIds ids = new JobIds(clock);
  private final LocalJobEvents events = new LocalJobEvents();
  private final List<JobEvent> told = new CopyOnWriteArrayList<>();
  @TempDir private Path folder = Path.of("");
  private SqliteJobStore store;

  @BeforeEach
  void open() {
    store = SqliteJobStore.open("jdbc:sqlite:" + folder.resolve("jobs.db"), clock);
    store.signOn(WORKER, 8, HOUR);
    events.subscribe(told::add);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private NewJob wish(Duration timeToLive) {
    return new NewJob(
        ids.next(), Tenant.DEFAULT, "generate", null, "{}", null, timeToLive, null, null);
  }

  private JobId add(Duration timeToLive) {
    var job = wish(timeToLive);
    store.add(job);
    return job.id();
  }

  private void isTold(JobEvent... expected) {
    try (var _ = Sweeper.start(store, events, clock, HOUR, _ -> {})) {
      await().untilAsserted(() -> assertThat(told).contains(expected));
    }
    assertThat(told).hasSameSizeAs(expected);
  }

  @Test
  void a_job_that_nobody_took_in_time_is_told_of() {
    var job = add(MOMENT);

    isTold(new StateChanged(job, JobState.EXPIRED));
  }

  @Test
  void a_job_that_fails_with_its_last_worker_is_told_of_and_whoever_runs_it_is_to_stop() {
    var job = add(HOUR);
    for (var crash = 1; crash <= Sweeper.MAX_CRASHES; crash++) {
      var lost = new WorkerId("lost-" + crash);
      store.signOn(lost, 1, HOUR);
      assertThat(store.claim(lost, 1)).hasSize(1);
      store.renewLease(lost, MOMENT.negated());
      if (crash < Sweeper.MAX_CRASHES) {
        store.sweep(Sweeper.MAX_CRASHES, clock.instant());
      }
    }

    isTold(new TakenAway(job), new StateChanged(job, JobState.FAILED));
  }

  @Test
  void the_jobs_of_a_canceled_batch_are_told_of_and_those_that_run_are_to_stop() {
    var batch = new BatchId(ids.next().value());
    var waits = new BatchRequest(1, "waits", wish(HOUR));
    var runs = new BatchRequest(0, "runs", wish(HOUR));
    store.batches().open(new NewBatch(batch, Tenant.DEFAULT, null, clock.instant().plus(HOUR)));
    store.batches().fill(batch, List.of(runs, waits));
    store.batches().accept(Tenant.DEFAULT, batch, null);
    while (store.batches().tend().hasMore()) {}
    assertThat(store.claim(WORKER, 1)).extracting(job -> job.id()).containsExactly(runs.job().id());
    store.batches().cancel(Tenant.DEFAULT, batch);

    isTold(
        new TakenAway(runs.job().id()),
        new StateChanged(runs.job().id(), JobState.CANCELED),
        new StateChanged(waits.job().id(), JobState.CANCELED));
  }
}
