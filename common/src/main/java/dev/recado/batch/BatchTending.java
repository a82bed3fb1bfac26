package dev.recado.batch;

import dev.recado.job.Ending;
import dev.recado.job.JobId;
import java.util.List;

/**
 * A piece of the work that batches make.
 *
 * @param hasMore whether there may be more to do
 * @param released jobs that became claimable; the first few are enough to wake workers
 * @param ended jobs that were canceled
 */
public record BatchTending(boolean hasMore, List<JobId> released, List<Ending> ended) {
  /** There was nothing to do. */
  public static final BatchTending NOTHING = new BatchTending(false, List.of(), List.of());

  /** It does not change. */
  public BatchTending {
    released = List.copyOf(released);
    ended = List.copyOf(ended);
  }
}
