package dev.recado.e2e.faults;

import dev.recado.job.Job;
import dev.recado.job.JobState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the checker needs to know of a job in the store. */
record StoredJob(
    String id,
    String label,
    JobState state,
    int attempts,
    @Nullable String answer,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt) {

  static StoredJob of(Job job) {
    var metadata = job.metadataJson();
    return new StoredJob(
        job.id().value(),
        metadata == null ? "" : JsonMapper.shared().readTree(metadata).path("n").asString(""),
        job.state(),
        job.attempts(),
        job.result() == null ? null : job.result().content(),
        job.startedAt(),
        job.completedAt());
  }

  boolean is(JobState wanted) {
    return state == wanted;
  }

  boolean succeededBetween(Instant begin, Instant end) {
    return is(JobState.SUCCEEDED)
        && completedAt != null
        && completedAt.isAfter(begin)
        && completedAt.isBefore(end);
  }

  /** Whether it ran again after a worker was lost, and ended after this moment. */
  boolean ranAgainAfter(Instant strike) {
    return attempts > 1
        && startedAt != null
        && completedAt != null
        && startedAt.isBefore(strike)
        && completedAt.isAfter(strike);
  }

  Duration endedAfter(Instant strike) {
    return completedAt == null ? Duration.ZERO : Duration.between(strike, completedAt);
  }
}
