package dev.recado.web.api;

import dev.recado.job.Job;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Jobs that have only just been left. Many clients ask for the result as soon as their submit is
 * answered, and again and again. Such a question waits a moment for the end of the job: a quick job
 * is then answered to the first question, and who asks without a pause is slowed down.
 */
public final class FreshJobs {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Clock clock;
  private final Duration patience;

  /**
   * By this clock.
   *
   * @param patience how long a question waits; zero for not at all
   */
  public FreshJobs(Clock clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  /** How long to wait for the end of this one; nothing if it is not to be waited for. */
  Optional<Duration> patience(Job job) {
    var age = Duration.between(job.createdAt(), clock.instant());
    return patience.isPositive() && age.compareTo(FRESH) < 0
        ? Optional.of(patience)
        : Optional.empty();
  }
}
