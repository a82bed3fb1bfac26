package dev.recado.web.webhook;

import dev.recado.delivery.ClaimedDelivery;
import dev.recado.retry.Backoff;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * How many calls one receiver has open, and whether it is well. One that answers quickly is given
 * more at once, up to a bound; one in trouble is left alone for a while, and then asked with one
 * call.
 *
 * <p>Only a call that began after the last pause tells how the receiver is. Whatever else comes
 * back was sent before, and says nothing about now; but the time it asks for is given. All times
 * are readings of the monotonic clock, in nanoseconds. Not thread-safe.
 */
final class Receiver {
  private static final int AT_FIRST = 2;
  private static final Duration QUICK = Duration.ofSeconds(1);
  private static final Backoff PAUSE = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private static final Duration LONGEST_ADVICE = Duration.ofMinutes(10);

  private final int most;
  private final Set<ClaimedDelivery> sincePause = new HashSet<>();
  private int open;
  private int allowed = AT_FIRST;
  private int troubles;
  private long pausedUntil;

  /**
   * @param most how many calls it is given at once
   */
  Receiver(int most, long now) {
    this.most = most;
    this.pausedUntil = now;
  }

  boolean isIdle() {
    return open == 0;
  }

  /** Whether it may be given one more, beside so many that are taken already. */
  boolean hasRoom(int taken, long now) {
    return open + taken < allowed && !isPaused(now);
  }

  private boolean isPaused(long now) {
    return now - pausedUntil < 0;
  }

  void began(ClaimedDelivery call, long now) {
    open++;
    // It may have been claimed while the pause was being set.
    if (!isPaused(now)) {
      sincePause.add(call);
    }
  }

  void ended(ClaimedDelivery call) {
    open--;
    sincePause.remove(call);
  }

  void heard(ClaimedDelivery call, Reply reply, Duration took, long now) {
    if (sincePause.contains(call)) {
      learn(reply, took, now);
    }
    if (reply.isTrouble()) {
      leaveAlone(withinReason(reply.advice()), now);
    }
  }

  private void learn(Reply reply, Duration took, long now) {
    if (reply.isTrouble()) {
      troubles++;
      allowed = 1;
      sincePause.clear();
      leaveAlone(PAUSE.ceiling(troubles), now);
    } else {
      troubles = 0;
      allowed = took.compareTo(QUICK) < 0 ? Math.min(2 * allowed, most) : AT_FIRST;
    }
  }

  /** Not for less than it is left alone already. */
  private void leaveAlone(Duration time, long now) {
    var until = now + time.toNanos();
    // By their distance, as the clock may wrap.
    pausedUntil = until - pausedUntil > 0 ? until : pausedUntil;
  }

  private static Duration withinReason(Duration advice) {
    return advice.compareTo(LONGEST_ADVICE) < 0 ? advice : LONGEST_ADVICE;
  }
}
