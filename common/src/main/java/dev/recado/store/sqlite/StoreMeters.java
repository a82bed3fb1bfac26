package dev.recado.store.sqlite;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How the writer of a store fares, and what becomes of jobs by it. Thread-safe. */
public final class StoreMeters {
  private final Timer commits;
  private final DistributionSummary commands;
  private final JobMeters jobs;

  /** Shown there. */
  public StoreMeters(MeterRegistry registry) {
    commits =
        Timer.builder("recado.store.commit")
            .description(
                "Commits of the job store, with their sync to disk but for those that only claim")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofNanos(2_500_000),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofMillis(2_500))
            .register(registry);
    commands =
        DistributionSummary.builder("recado.store.commit.commands")
            .description("Commands that shared a commit")
            .serviceLevelObjectives(1, 4, 16, 64, 256, 1_024)
            .register(registry);
    jobs = new JobMeters(registry);
  }

  /** Shown nowhere. */
  static StoreMeters unseen() {
    return new StoreMeters(new SimpleMeterRegistry());
  }

  void committed(int group, long nanos, Statistics done) {
    commits.record(nanos, TimeUnit.NANOSECONDS);
    commands.record(group);
    done.tell(jobs);
  }
}
