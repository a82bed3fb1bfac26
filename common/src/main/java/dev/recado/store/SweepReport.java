package dev.recado.store;

import dev.recado.job.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a sweep found and did.
 *
 * @param requeued jobs of lost workers that wait again
 * @param workerLost jobs that failed because their workers were lost too often
 * @param expired jobs whose deadline had passed
 * @param due retries that became claimable
 * @param waiting the first claimable jobs in line
 * @param nextLapse until when the lease of every worker is good; empty when there is no worker
 * @param nextDue when the first of the others becomes claimable; empty when there is none
 */
public record SweepReport(
    int requeued,
    int workerLost,
    int expired,
    int due,
    List<JobId> waiting,
    Optional<Instant> nextLapse,
    Optional<Instant> nextDue) {

  /** Of a sweep that found nothing to do. */
  public static final SweepReport NOTHING_DONE = of(0, 0, 0, 0);

  /** A report does not change. */
  public SweepReport {
    waiting = List.copyOf(waiting);
  }

  /** What was done, before it is known how things stand after it. */
  public static SweepReport of(int requeued, int workerLost, int expired, int due) {
    return new SweepReport(
        requeued, workerLost, expired, due, List.of(), Optional.empty(), Optional.empty());
  }

  /** The same done, and how things stand after it. */
  public SweepReport with(
      List<JobId> waiting, Optional<Instant> nextLapse, Optional<Instant> nextDue) {
    return new SweepReport(requeued, workerLost, expired, due, waiting, nextLapse, nextDue);
  }
}
