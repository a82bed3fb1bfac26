package dev.recado.store;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What operators see and steer beyond single jobs. Thread-safe and durable like {@link JobStore},
 * and throws what it throws.
 */
public interface Operations {

  /** Since when no job is started; empty unless that is so. Cheap. */
  Optional<Instant> pausedSince();

  /**
   * From now on no worker is given a job. What runs goes on, and new jobs are accepted; their
   * deadlines go on as well. Does nothing if that is so already.
   *
   * @return since when it is so
   */
  Instant pause();

  /**
   * Takes {@link #pause} back. Workers that wait for a ring look within a second.
   *
   * @return whether it was so
   */
  boolean resume();

  /**
   * What happened from the minute of a time on, oldest first, without the minutes in which nothing
   * did. Its cost grows with the minutes and not with the jobs. Kept for a day; lags by at most a
   * second, and the last second of a process that was killed is not in it.
   */
  List<MinuteStatistics> statistics(Tenant tenant, Instant since);

  /**
   * What did not go as planned in a job's life, oldest first; of attempts after the hundredth only
   * answers that made no sense.
   */
  List<HistoryEntry> history(Tenant tenant, JobId id);

  /**
   * How a job was taken last: by who runs it, or ran it. Empty if it was not taken yet, or by a
   * Recado that did not note when.
   */
  Optional<LastClaim> lastClaim(Tenant tenant, JobId id);

  /**
   * A page of failed jobs, newest first, without their texts.
   *
   * @param code only those of this error
   * @param createdAfter only those accepted at or after this time, or null
   * @param createdBefore only those accepted before this time, or null
   * @param limit at most so many
   * @param cursor the last job of the page before, or null for the first page
   */
  JobPage failures(
      Tenant tenant,
      ErrorCode code,
      @Nullable Instant createdAfter,
      @Nullable Instant createdBefore,
      int limit,
      @Nullable JobId cursor);

  /**
   * Accepts failed jobs once more, as new ones, all in one transaction. Passes over those that are
   * unknown, have not failed, are erased, or have been repeated before.
   *
   * @return the new jobs by those they repeat
   */
  Map<JobId, JobId> retryFailed(Tenant tenant, List<JobId> failed);
}
