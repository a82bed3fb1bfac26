package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.ProcessUse;
import dev.recado.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More comes in than can be done: what can be done is done, and the rest is told so at once. */
@Tag("process")
@Tag("soak")
class OverloadTest {
  private static final int SLOTS = 8;
  private static final int CALL_MILLIS = 200;
  private static final int CAPACITY = SLOTS * 1_000 / CALL_MILLIS;

  /** The beginning of a phase, in which the queue grows and the pace is found out. */
  private static final Duration WARM_UP = Duration.ofSeconds(4);

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void five_times_the_load_takes_little_from_what_is_done_in_time() throws Exception {
    var cluster =
        new Cluster(
            harness,
            Map.of(
                "RECADO_WORKER_CONCURRENCY", String.valueOf(SLOTS),
                "RECADO_JOB_DEADLINE", "4s",
                "JAVA_TOOL_OPTIONS", "-Xms192m -Xmx192m"));
    cluster.ask("fake?latency=" + CALL_MILLIS + "&repeat=1");
    var process = cluster.up();

    var peak = phase(cluster, "peak ", CAPACITY * 5 / 4, 12);
    var memoryBefore = ProcessUse.of(process).megabytes();
    var overload = phase(cluster, "overload ", CAPACITY * 5, 16);
    var memoryAfter = ProcessUse.of(process).megabytes();

    var stored = StoredJobs.read(cluster.databaseUrl());
    var expired = stored.stream().filter(job -> job.is(JobState.EXPIRED)).count();
    System.out.printf(
        "OVERLOAD offered %d/s: %.1f/s in time | offered %d/s: %.1f/s in time, %d sent, %d"
            + " accepted, %d expired | resident %d MB, then %d MB%n",
        CAPACITY * 5 / 4,
        peak.goodput(stored),
        CAPACITY * 5,
        overload.goodput(stored),
        overload.attempts().size(),
        overload.accepted(),
        expired,
        memoryBefore,
        memoryAfter);
    assertThat(overload.attempts()).extracting(Attempt::status).containsOnly(202, 503);
    assertThat(overload.goodput(stored)).isGreaterThan(0.9 * peak.goodput(stored));
    assertThat(stored).as("what was accepted").allMatch(job -> job.state().isTerminal());
    // a forecast over four seconds errs when the machine is busy with something else
    assertThat(expired).isLessThan(stored.size() / 20);
    // A heap of fixed size is touched little by little: what must not grow is what lies beside it.
    assertThat(memoryAfter).isLessThan(192 + 160);
  }

  private static Phase phase(Cluster cluster, String prefix, int perSecond, int seconds)
      throws InterruptedException {
    var begin = Instant.now();
    var generator = new LoadGenerator(cluster.api(), prefix, cluster::modelName, perSecond);
    var attempts = generator.run(perSecond * seconds, () -> false);
    var end = Instant.now();
    await().atMost(Duration.ofSeconds(30)).until(() -> isDrained(cluster.api()));
    return new Phase(attempts, begin.plus(WARM_UP), end);
  }

  private static boolean isDrained(ApiClient api) {
    var queue = ApiClient.json(api.get("/api/queue"));
    return queue.get("queued").asInt() + queue.get("processing").asInt() == 0;
  }

  private record Phase(List<Attempt> attempts, Instant begin, Instant end) {
    long accepted() {
      return attempts.stream().filter(Attempt::acknowledged).count();
    }

    /** Jobs that succeeded in a second; those that end after their deadline do not succeed. */
    double goodput(List<StoredJob> jobs) {
      var done = jobs.stream().filter(job -> job.succeededBetween(begin, end)).count();
      return done * 1_000.0 / Duration.between(begin, end).toMillis();
    }
  }
}
