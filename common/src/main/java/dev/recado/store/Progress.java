package dev.recado.store;

import dev.recado.job.JobState;

/**
 * Where a job is at one moment, and what its running attempt has said.
 *
 * @param state its state
 * @param attempts how often it was tried, as {@link dev.recado.job.Job#attempts} counts
 * @param wasStarted whether it was ever claimed
 * @param attempt the number of its last claim, 0 if there was none; never goes down
 * @param length how much the running attempt has said, in UTF-16 units; 0 if none runs
 * @param news the part of it that was asked for, or the beginning of that part if it is long; no
 *     half of a surrogate pair
 * @param stop where the news end, in UTF-16 units from the attempt's first word; 0 without news
 */
public record Progress(
    JobState state,
    int attempts,
    boolean wasStarted,
    int attempt,
    int length,
    String news,
    int stop) {
  /** Only so much of the news comes at a time, and the rest of the last chunk, in UTF-16 units. */
  public static final int ENOUGH = 16_384;
}
