package dev.recado.sweep;

import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.Lease;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What may be done by the wall clock, which somebody may have set. Asked after each {@link #look}.
 * Not thread-safe.
 */
final class ClockTrust {
  private static final Log log = Log.of(ClockTrust.class);

  /** A clock set by more than this makes good leases look lapsed, or dead ones good. */
  private static final Duration STEP = Duration.ofSeconds(1);

  /** After a step or an outage, workers get so long to renew their leases. */
  static final int LOOKS_TO_RENEW = 5;

  /** A clock that is off by more than this is not trusted to say what is old. */
  private static final Duration WRONG = Duration.ofMinutes(5);

  private final Clock clock;
  private final ClockWatch watch;
  private final LeaseWatch leases;
  private boolean settled;
  private boolean contradicted;
  private int looksToWait;

  /** Trusts this clock from now on, as long as nothing speaks against it. */
  ClockTrust(Clock clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.watch = new ClockWatch(clock, nanoTime);
    this.leases = new LeaseWatch(nanoTime);
  }

  /** Takes a look at the clock, and at all leases there are; once a round. */
  void look(List<Lease> all) {
    leases.look(all);
    contradicted = isContradicted();
    settled = isSettled();
  }

  /**
   * The store could not be had, by workers neither. They get their time after that, too: leases
   * that lapsed meanwhile are no sign of death.
   */
  void storeWasAway() {
    looksToWait = LOOKS_TO_RENEW;
  }

  /** Whether lapsed leases, deadlines and due times are what they seem to be. */
  boolean maySweep() {
    return settled && !contradicted;
  }

  /** Whether what looks old is old. */
  boolean mayErase() {
    return !contradicted && watch.drift().abs().compareTo(WRONG) < 0;
  }

  /** Leases that look good only because a clock was set back since. */
  List<Lease> overdue() {
    return leases.overdue(clock.instant());
  }

  /**
   * Whether a worker lives that would be taken for lost. Then either clock may be the wrong one,
   * and another process sweeps, whose clock is not contradicted.
   */
  private boolean isContradicted() {
    var alive = leases.contradicting(clock.instant());
    if (!alive.isEmpty() && !contradicted) {
      log.tell(LogEvent.CLOCK_CONTRADICTED, alive.getFirst());
    }
    return !alive.isEmpty();
  }

  private boolean isSettled() {
    if (watch.hasStepped(STEP)) {
      looksToWait = LOOKS_TO_RENEW;
      log.tell(LogEvent.CLOCK_SET, watch.drift().toSeconds(), WRONG.toMinutes());
    }
    return looksToWait-- <= 0;
  }
}
