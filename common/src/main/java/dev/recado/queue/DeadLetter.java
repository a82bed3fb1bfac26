package dev.recado.queue;

import dev.recado.job.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that nobody could read and that was put aside.
 *
 * @param key its name; copies of a message share one, and what is done to one is done to all
 * @param job the job it seems to be about, or null
 * @param reason why it could not be read
 * @param at when it was put aside, to the second; null if whoever did so has not said
 * @param preview its beginning as text, at most {@value #PREVIEW} characters
 */
public record DeadLetter(
    String key, @Nullable JobId job, String reason, @Nullable Instant at, String preview) {
  /** So much of a message is shown. */
  public static final int PREVIEW = 200;
}
