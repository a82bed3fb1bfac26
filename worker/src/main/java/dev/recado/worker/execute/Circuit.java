package dev.recado.worker.execute;

import dev.recado.retry.Backoff;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether one model can be had. A few failures in a row open the circuit: nobody is let through
 * but, after a pause, one probe. If the probe fails, the next pause is longer; if it is answered,
 * the circuit closes, at its first word if that is more than the last failure had.
 *
 * <p>While it is open only the probe counts. Whatever else comes back was sent before, and says
 * nothing about now. All times are readings of the monotonic clock, in nanoseconds. Not
 * thread-safe.
 */
final class Circuit {
  private static final int FAILURES_TO_OPEN = 5;
  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /** Part of a pause that is left to chance, so that workers do not probe in step. */
  private static final double JITTER = 0.25;

  private int failures;
  private int pauses;
  private long openedAt;
  private long failedAt;
  private long due;
  private @Nullable Long probedAt;

  /** Whether the last failure was an answer that had begun: a beginning proves nothing then. */
  private boolean brokeOff;

  private @Nullable Long answeredAt;

  boolean isOpen() {
    return pauses > 0;
  }

  /** Whether a probe may go now. */
  boolean isDue(long now) {
    return isOpen() && probedAt == null && now - due >= 0;
  }

  /** Until a probe may go; zero if it may, or is under way. */
  Duration untilDue(long now) {
    return Duration.ofNanos(Math.max(0, due - now));
  }

  /**
   * For how long its jobs are to be left alone: until a probe may go. Nobody knows when one that is
   * under way will end, so it is given as long again as it takes already.
   */
  Duration timeToWait(long now) {
    return probedAt == null
        ? untilDue(now)
        : Duration.ofNanos(Math.min(now - probedAt, PAUSES.longest().toNanos()));
  }

  /** Whether the model was there a short time ago, and nothing since has said that it is not. */
  boolean hasAnsweredWithin(Duration time, long now) {
    return !isOpen() && answeredAt != null && now - answeredAt <= time.toNanos();
  }

  /** How long ago the last call failed. */
  Duration sinceFailure(long now) {
    return Duration.ofNanos(now - failedAt);
  }

  /** For how long a probe could have gone by now. */
  Duration overdue(long now) {
    return Duration.ofNanos(now - due);
  }

  void probe(long now) {
    probedAt = now;
  }

  /** The answer to the probe has begun. Returns the same as {@link #answered}. */
  @Nullable Duration begun(long now) {
    return brokeOff ? null : answered(Pass.Why.PROBE, now);
  }

  /** Returns for how long the circuit was open if this has closed it, else null. */
  @Nullable Duration answered(Pass.Why why, long now) {
    if (isOpen() && why != Pass.Why.PROBE) {
      return null;
    }
    var wasOpen = isOpen() ? Duration.ofNanos(now - openedAt) : null;
    failures = 0;
    pauses = 0;
    probedAt = null;
    answeredAt = now;
    return wasOpen;
  }

  /**
   * Returns whether this has opened the circuit.
   *
   * @param share a random number in [0, 1)
   */
  boolean failed(Pass.Why why, CallOutcome.Failed failed, long now, double share) {
    var wasOpen = isOpen();
    failedAt = now;
    if (why == Pass.Why.PROBE || !wasOpen) {
      brokeOff = failed.brokeOff();
    }
    if (why == Pass.Why.PROBE || (!wasOpen && ++failures >= FAILURES_TO_OPEN)) {
      pause(now, share);
    }
    if (isOpen() && failed.retryAfter() != null) {
      due = later(due, now + failed.retryAfter().toNanos());
    }
    openedAt = wasOpen ? openedAt : now;
    return isOpen() && !wasOpen;
  }

  /** By their distance, as the clock may wrap. */
  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }

  private void pause(long now, double share) {
    pauses++;
    probedAt = null;
    due = now + PAUSES.delay(pauses, 1 - JITTER * share).toNanos();
  }

  /** A probe that has shown nothing is followed by another after the shortest pause. */
  void unclear(Pass.Why why, long now) {
    if (why == Pass.Why.PROBE) {
      probedAt = null;
      due = now + PAUSES.first().toNanos();
    }
  }
}
