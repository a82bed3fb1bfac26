package dev.recado.batch;

import dev.recado.job.BatchId;
import dev.recado.job.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Many jobs that were left together.
 *
 * @param id its name
 * @param counts its jobs by state
 * @param metadataJson the client's labels as a JSON object; null if none, or once erased
 * @param deadline when those of its jobs expire that named no deadline of their own
 * @param canceledAt when its cancellation was asked for, if it was
 * @param completedAt when the last of its jobs ended, if it has
 */
public record Batch(
    BatchId id,
    Counts counts,
    @Nullable String metadataJson,
    Instant deadline,
    @Nullable Instant canceledAt,
    @Nullable Instant completedAt) {

  /** How a batch stands. */
  public enum Status {
    /** Some of its jobs have not ended. */
    IN_PROGRESS,
    /** The like, and they are being canceled. */
    CANCELING,
    /** All have ended, and it was canceled before. */
    CANCELED,
    /** All have ended, some by their deadline. */
    EXPIRED,
    /** All have ended. */
    COMPLETED
  }

  /** How it stands. */
  public Status status() {
    if (completedAt == null) {
      return canceledAt == null ? Status.IN_PROGRESS : Status.CANCELING;
    }
    if (canceledAt != null) {
      return Status.CANCELED;
    }
    return counts.expired() > 0 ? Status.EXPIRED : Status.COMPLETED;
  }

  /**
   * Jobs by state.
   *
   * @param queued {@link JobState#QUEUED}
   * @param processing {@link JobState#PROCESSING}
   * @param succeeded {@link JobState#SUCCEEDED}
   * @param failed {@link JobState#FAILED}
   * @param canceled {@link JobState#CANCELED}
   * @param expired {@link JobState#EXPIRED}
   */
  public record Counts(
      long queued, long processing, long succeeded, long failed, long canceled, long expired) {
    /** All of them. */
    public long total() {
      return queued + processing + succeeded + failed + canceled + expired;
    }
  }
}
