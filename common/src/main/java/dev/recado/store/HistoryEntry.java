package dev.recado.store;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that did not go as planned in a job's life.
 *
 * @param at when
 * @param attempt the number of the attempt that it ended
 * @param event what
 * @param code the error's code, if there was one
 * @param message the error's text, if there was one; already scrubbed of keys and prompts
 * @param providerStatus the provider's HTTP status, if it answered with one
 * @param worker who held the job
 * @param until before when it is not tried again; null if at once
 * @param claimedAt when the attempt began; null if that was not noted
 */
public record HistoryEntry(
    Instant at,
    int attempt,
    Event event,
    @Nullable String code,
    @Nullable String message,
    @Nullable Integer providerStatus,
    @Nullable String worker,
    @Nullable Instant until,
    @Nullable Instant claimedAt) {

  /** What may happen to an attempt. */
  public enum Event {
    /** It failed in a way that may pass, and is tried again. */
    RETRY,
    /** The model was not asked, as it did not answer anybody just then. */
    PUT_OFF,
    /** Its worker was told to stop. */
    HANDED_BACK,
    /** Its worker was not heard of any more. */
    WORKER_LOST;

    /** The spelling in the store and in answers: lower case. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
