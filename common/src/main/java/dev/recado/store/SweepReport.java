package dev.recado.store;

import dev.recado.job.JobId;
import java.util.List;

/**
 * What a sweep found and did.
 *
 * @param requeued jobs of lost workers that wait again
 * @param workerLost jobs that failed because their workers were lost too often
 * @param expired jobs whose deadline had passed
 * @param due retries that became claimable
 * @param waiting the first claimable jobs in line
 */
public record SweepReport(int requeued, int workerLost, int expired, int due, List<JobId> waiting) {
  /** A report does not change. */
  public SweepReport {
    waiting = List.copyOf(waiting);
  }
}
