package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobResult;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.store.JobStore;
import dev.recado.store.sqlite.SqliteJobStore;
import dev.recado.sweep.Sweeper;
import dev.recado.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Each job gets four outcomes, two from the worker that lost it and two from the one that has it,
 * through two stores on one file as two processes have them. One outcome counts.
 */
@Tag("process")
class ForcedDuplicatesTest {
  private static final int JOBS = 3_400;
  private static final int FORCED_EACH = 3;
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final WorkerId ZOMBIE = new WorkerId("zombie");
  private static final WorkerId HEIR = new WorkerId("heir");

  @RegisterExtension final Harness harness = new Harness();
  private final SettableClock clock = new SettableClock();

  private record Late(JobStore store, ClaimedJob job, String content) implements Callable<Boolean> {
    @Override
    public Boolean call() {
      var result = new JobResult(content, null, null, "m", null, "stop");
      return store.settle(job, new Settlement.Succeed(result));
    }
  }

  @Test
  void of_ten_thousand_forced_outcomes_none_is_believed() throws Exception {
    var url = "jdbc:sqlite:" + harness.folder().resolve("recado.db");
    try (var one = SqliteJobStore.open(url, clock);
        var other = SqliteJobStore.open(url, clock)) {
      submit(one);
      var lost = claimAll(one, ZOMBIE);
      clock.advance(LEASE.multipliedBy(2));
      assertThat(other.sweep(Sweeper.MAX_CRASHES, clock.instant()).requeued()).isEqualTo(JOBS);
      var held = claimAll(other, HEIR);

      var believed = inAnyOrder(outcomes(one, lost, "zombie"), outcomes(other, held, "heir"));

      System.out.printf(
          "FAULT forced duplicates | jobs %d | outcomes %d | believed %d | fenced %d%n",
          JOBS, 4 * JOBS, believed, 4 * JOBS - believed);
      assertThat(believed).as("believed").isEqualTo(JOBS);
      assertThat(4 * JOBS - believed).as("fenced").isEqualTo(FORCED_EACH * JOBS);
      assertThat(contents(other)).isEqualTo(Map.of("heir", (long) JOBS));
    }
    assertThat(StoredJobs.examine(url)).isEqualTo("ok");
  }

  private void submit(JobStore store) throws Exception {
    var ids = new JobIds(clock);
    var submits =
        IntStream.range(0, JOBS)
            .mapToObj(_ -> (Callable<Object>) () -> store.add(job(ids.next())))
            .toList();
    allAtOnce(submits);
  }

  private static NewJob job(JobId id) {
    var hour = Duration.ofHours(1);
    return new NewJob(id, Tenant.DEFAULT, "generate", null, "{}", null, hour, null, null);
  }

  private static List<ClaimedJob> claimAll(JobStore store, WorkerId worker) {
    store.signOn(worker, JOBS, LEASE);
    var claimed = new ArrayList<ClaimedJob>();
    for (var more = store.claim(worker, 256); !more.isEmpty(); more = store.claim(worker, 256)) {
      claimed.addAll(more);
    }
    assertThat(claimed).hasSize(JOBS);
    return claimed;
  }

  /** Twice the same one, for each job. */
  private static List<Late> outcomes(JobStore store, List<ClaimedJob> jobs, String content) {
    return jobs.stream()
        .flatMap(job -> IntStream.of(1, 2).mapToObj(_ -> new Late(store, job, content)))
        .toList();
  }

  private static long inAnyOrder(List<Late> zombies, List<Late> heirs) throws Exception {
    var all = new ArrayList<>(zombies);
    all.addAll(heirs);
    Collections.shuffle(all, new Random(Scale.configured().seed()));
    return allAtOnce(all).stream().filter(Boolean::booleanValue).count();
  }

  private static <T> List<T> allAtOnce(List<? extends Callable<T>> calls) throws Exception {
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      return callers.invokeAll(calls).stream().map(Future::resultNow).toList();
    }
  }

  private static Map<String, Long> contents(JobStore store) {
    return StoredJobs.read(store).stream()
        .filter(job -> job.is(JobState.SUCCEEDED))
        .collect(Collectors.groupingBy(job -> String.valueOf(job.answer()), Collectors.counting()));
  }
}
