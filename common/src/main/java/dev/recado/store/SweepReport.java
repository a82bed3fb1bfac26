package dev.recado.store;

import dev.recado.job.Ending;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a sweep found and did.
 *
 * @param requeued jobs of lost workers that wait again
 * @param ended jobs whose deadline had passed, and those whose workers were lost too often
 * @param due retries that became claimable
 * @param waiting the first claimable jobs in line
 * @param nextLapse until when the lease of every worker is good; empty when there is no worker
 * @param nextDue when the first of the others becomes claimable; empty when there is none
 */
public record SweepReport(
    int requeued,
    List<Ending> ended,
    int due,
    List<JobId> waiting,
    Optional<Instant> nextLapse,
    Optional<Instant> nextDue) {

  /** Of a sweep that found nothing to do. */
  public static final SweepReport NOTHING_DONE = of(0, List.of(), 0);

  /** A report does not change. */
  public SweepReport {
    ended = List.copyOf(ended);
    waiting = List.copyOf(waiting);
  }

  /** What was done, before it is known how things stand after it. */
  public static SweepReport of(int requeued, List<Ending> ended, int due) {
    return new SweepReport(requeued, ended, due, List.of(), Optional.empty(), Optional.empty());
  }

  /** How many failed because their workers were lost too often. */
  public long workerLost() {
    return count(JobState.FAILED);
  }

  /** How many were not done by their deadline. */
  public long expired() {
    return count(JobState.EXPIRED);
  }

  private long count(JobState end) {
    return ended.stream().filter(ending -> ending.end() == end).count();
  }

  /** Whether there may be more to end than one sweep does. */
  public boolean mayHaveMore() {
    return ended.size() >= JobStore.SWEPT_AT_ONCE;
  }

  /** The same done, and how things stand after it. */
  public SweepReport with(
      List<JobId> waiting, Optional<Instant> nextLapse, Optional<Instant> nextDue) {
    return new SweepReport(requeued, ended, due, waiting, nextLapse, nextDue);
  }
}
