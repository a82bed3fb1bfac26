package dev.recado.e2e.faults;

import static dev.recado.lifecycle.FailPoint.MID_PURGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Harness;
import dev.recado.e2e.faults.agent.Blow;
import dev.recado.job.Job;
import dev.recado.job.JobIds;
import dev.recado.job.JobResult;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.store.JobStore;
import dev.recado.store.sqlite.SqliteJobStore;
import dev.recado.testing.FreePort;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Who erases old jobs is struck when one of them is erased and nothing is committed. It is a worker
 * without a broker, which begins to erase as it starts.
 */
@Tag("process")
@Tag("soak")
@EnabledOnOs(OS.LINUX)
class RetentionFailPointTest {
  private static final Duration RETENTION = Duration.ofHours(1);
  private static final int OLD = 700; // two pieces
  private static final int YOUNG = 30;
  private static final Duration STANDS = Duration.ofSeconds(3);
  private static final Duration SOON = Duration.ofSeconds(60);

  @RegisterExtension final Harness harness = new Harness();
  private Cluster cluster;
  private Armed armed;

  @BeforeEach
  void old_jobs_and_young_ones() {
    var settings =
        Map.of(
            "RECADO_RETENTION",
            RETENTION.toSeconds() + "s",
            "RABBITMQ_URL",
            Broker.url(FreePort.next())); // there is none
    cluster = new Cluster(harness, settings);
    run(OLD, RETENTION.multipliedBy(3).dividedBy(2));
    run(YOUNG, RETENTION.dividedBy(2));
    armed = Armed.in(harness.folder());
  }

  @Test
  void what_a_killed_process_had_half_erased_is_whole_and_the_next_one_erases_it() {
    armed.arm(MID_PURGE, Blow.KILL);
    startUntilStruck();

    assertThat(stored()).hasSize(OLD + YOUNG).noneMatch(Job::erased);
    assertThat(stored()).allMatch(RetentionFailPointTest::isWhole);
    cluster.worker();
    awaitTheOldErasedAndTheYoungWhole();
    report("kill -9");
  }

  @Test
  void what_a_standing_process_had_half_erased_is_erased_when_it_goes_on() throws Exception {
    armed.arm(MID_PURGE, Blow.STOP);
    var starting = CompletableFuture.supplyAsync(() -> cluster.worker(armed.environment()));
    armed.awaitReached(MID_PURGE);
    Thread.sleep(STANDS);

    resumeTheNewestChild();

    assertThat(starting.get().isAlive()).isTrue();
    awaitTheOldErasedAndTheYoungWhole();
    report("SIGSTOP");
  }

  @Test
  void what_a_tripping_process_had_half_erased_is_erased_by_its_next_try() {
    armed.arm(MID_PURGE, Blow.TRIP);
    var tripping = cluster.worker(armed.environment());
    armed.awaitReached(MID_PURGE);

    awaitTheOldErasedAndTheYoungWhole();
    assertThat(tripping.log()).contains("Sweeping failed");
    report("exception");
  }

  /** Jobs that have succeeded so long ago. */
  private void run(int jobs, Duration ago) {
    var then = Clock.offset(Clock.systemUTC(), ago.negated());
    try (var store = SqliteJobStore.open(cluster.databaseUrl(), then)) {
      var worker = new WorkerId("worker of " + ago);
      store.signOn(worker, jobs, Duration.ofMinutes(10));
      for (var n = 0; n < jobs; n++) {
        runOne(store, worker, then);
      }
      store.signOff(worker);
    }
  }

  private static void runOne(JobStore store, WorkerId worker, Clock clock) {
    var id = new JobIds(clock).next();
    var hour = Duration.ofHours(1);
    store.add(new NewJob(id, Tenant.DEFAULT, "generate", null, "{}", null, hour, null, null));
    var answer = new JobResult("answer", null, null, "m", null, "stop");
    store.settle(store.claim(worker, 1).getFirst(), new Settlement.Succeed(answer));
  }

  /** It is struck as it starts, so it may not get as far as to say that it has. */
  private void startUntilStruck() {
    try {
      var struck = cluster.worker(armed.environment());
      armed.awaitReached(MID_PURGE);
      struck.awaitExit(SOON);
    } catch (IllegalStateException ended) {
      armed.awaitReached(MID_PURGE);
    }
  }

  /** For the same reason, nobody has been told its name. */
  private static void resumeTheNewestChild() throws Exception {
    var newest =
        ProcessHandle.current()
            .children()
            .max(Comparator.comparing(child -> child.info().startInstant().orElse(Instant.MIN)));
    var pid = String.valueOf(newest.orElseThrow().pid());
    assertThat(new ProcessBuilder("kill", "-CONT", pid).start().waitFor()).isZero();
  }

  private void awaitTheOldErasedAndTheYoungWhole() {
    await().atMost(SOON).until(() -> stored().stream().filter(Job::erased).count() == OLD);
    var now = Instant.now();
    assertThat(stored()).hasSize(OLD + YOUNG).allMatch(RetentionFailPointTest::isWhole);
    assertThat(stored()).filteredOn(Job::erased).allMatch(job -> isOld(job, now));
  }

  /** All there or all gone. */
  private static boolean isWhole(Job job) {
    return job.state() == JobState.SUCCEEDED && job.erased() == (job.result() == null);
  }

  private static boolean isOld(Job job, Instant now) {
    return Objects.requireNonNull(job.completedAt()).isBefore(now.minus(RETENTION));
  }

  private List<Job> stored() {
    return StoredJobs.readWhole(cluster.databaseUrl());
  }

  private void report(String blow) {
    var store = StoredJobs.examine(cluster.databaseUrl());
    System.out.printf(
        "FAULT %s as old jobs are erased | old %d, erased %d | young %d, whole %d | store %s%n",
        blow,
        OLD,
        stored().stream().filter(Job::erased).count(),
        YOUNG,
        stored().stream().filter(job -> !job.erased()).count(),
        store);
    assertThat(store).isEqualTo("ok");
  }
}
