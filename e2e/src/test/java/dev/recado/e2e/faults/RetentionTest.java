package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Old jobs are erased while new ones come. Erasing begins once a minute: the long run only. */
@Tag("process")
class RetentionTest {
  private static final Duration RETENTION = Duration.ofSeconds(20);

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void nothing_that_is_not_old_is_erased_and_every_job_runs_once() throws Exception {
    var scale = Scale.configured();
    assumeTrue(scale.isLong());
    var cluster = new Cluster(harness, Map.of("RECADO_RETENTION", RETENTION.toSeconds() + "s"));
    cluster.up();
    var generator = new LoadGenerator(cluster.api(), "", cluster::modelName, scale.perSecond());

    var attempts = generator.run(scale.jobs(), () -> false);
    await().atMost(Duration.ofMinutes(5)).until(() -> isDrained(cluster.api()));
    var seen = Instant.now();
    var jobs =
        StoredJobs.read(cluster.databaseUrl()).stream()
            .collect(Collectors.toMap(StoredJob::id, Function.identity()));

    var gone = attempts.stream().filter(attempt -> !jobs.containsKey(attempt.id())).toList();
    var erased = jobs.values().stream().filter(job -> job.answer() == null).toList();
    System.out.printf(
        "FAULT retention during load | accepted %d | there %d | erased %d | gone %d | calls %d%n",
        attempts.size(), jobs.size(), erased.size(), gone.size(), cluster.model().calls());
    assertThat(attempts).allMatch(Attempt::acknowledged);
    assertThat(cluster.model().callsByPrompt()).hasSize(attempts.size()).containsValue(1);
    assertThat(cluster.model().calls()).isEqualTo(attempts.size());
    assertThat(erased).isNotEmpty();
    assertThat(jobs.values()).allMatch(job -> job.is(JobState.SUCCEEDED));
    assertThat(erased).allMatch(job -> isOld(job, seen.minus(RETENTION)));
    assertThat(gone)
        .extracting(attempt -> new JobId(Objects.requireNonNull(attempt.id())).createdAt())
        .allMatch(created -> created.isBefore(seen.minus(RETENTION.multipliedBy(2))));
    assertThat(StoredJobs.examine(cluster.databaseUrl())).isEqualTo("ok");
  }

  private static boolean isOld(StoredJob job, Instant cutoff) {
    return job.completedAt() != null && job.completedAt().isBefore(cutoff);
  }

  private static boolean isDrained(ApiClient api) {
    var queue = ApiClient.json(api.get("/api/queue"));
    return queue.get("queued").asInt() + queue.get("processing").asInt() == 0;
  }
}
