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
 */
public record SweepReport(
    int requeued,
    int workerLost,
    int expired,
    int due,
    List<JobId> waiting,
    Optional<Instant> nextLapse) {
  /** A report does not change. */
  public SweepReport {
    waiting = List.copyOf(waiting);
  }
}
