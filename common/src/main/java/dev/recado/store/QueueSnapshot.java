package dev.recado.store;

import dev.recado.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queue at a glance.
 *
 * @param queued jobs that wait, for a worker or for their retry
 * @param processing jobs in the hands of a worker
 * @param ended jobs that have ended and are still remembered, by the state they ended in
 * @param oldestAge how long the first in line has waited; null when nobody waits
 * @param workers the workers with a valid lease
 * @param pausedSince since when no job is started; null unless that is so
 */
public record QueueSnapshot(
    long queued,
    long processing,
    Map<JobState, Long> ended,
    @Nullable Duration oldestAge,
    List<Worker> workers,
    @Nullable Instant pausedSince) {

  /** A snapshot does not change. */
  public QueueSnapshot {
    ended = Map.copyOf(ended);
    workers = List.copyOf(workers);
  }

  /**
   * A living worker.
   *
   * @param id its name
   * @param slots how many jobs it can hold
   * @param running how many it holds
   * @param lastSeen when it last renewed its lease
   * @param leaseUntil until when it is believed alive
   */
  public record Worker(String id, int slots, int running, Instant lastSeen, Instant leaseUntil) {}
}
