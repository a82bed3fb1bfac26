package dev.recado.sweep;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.recado.batch.BatchTending;
import dev.recado.event.JobEvents;
import dev.recado.job.JobId;
import dev.recado.job.WorkerId;
import dev.recado.lifecycle.Rounds;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.JobStore;
import dev.recado.store.Lease;
import dev.recado.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The safety net under every doorbell and every lease: once a second, and at the very moment when a
 * lease runs out or a job's time comes, it sets right what time has overtaken, names the jobs that
 * nobody has taken, tells of those it has ended, and now and then erases what is old. Any number of
 * processes may run one over the same store.
 */
public final class Sweeper implements AutoCloseable {
  /** After so many lost workers a job is taken for the cause. */
  public static final int MAX_CRASHES = 5;

  private static final Log log = Log.of(Sweeper.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final int SWEEPS_PER_PURGE = 60;

  /** Between two pieces of one work, so that clients' writes come first. */
  private static final Duration BREATH = Duration.ofMillis(20);

  /** Jobs that come due one after another are woken together after so long. */
  private static final Duration MOST_HURRIED = Duration.ofMillis(50);

  private final JobStore store;
  private final JobEvents events;
  private final Clock clock;
  private final ClockTrust trust;
  private final Lapses lapses;
  private final Duration retention;
  private final Consumer<List<JobId>> overlooked;
  private final Rounds rounds;
  private long round;
  private Set<JobId> firstInLineBefore = Set.of();
  private Set<WorkerId> workersBefore = Set.of();
  private Optional<Instant> nextLapse = Optional.empty();
  private Optional<Instant> nextDue = Optional.empty();
  private boolean somethingIsOld;
  private boolean isBehind;

  private Sweeper(
      JobStore store,
      JobEvents events,
      Clock clock,
      Duration retention,
      Consumer<List<JobId>> overlooked) {
    this.store = store;
    this.events = events;
    this.clock = clock;
    this.trust = new ClockTrust(clock, System::nanoTime);
    this.lapses = new Lapses(store, System::nanoTime);
    this.retention = retention;
    this.overlooked = overlooked;
    this.rounds = new Rounds(Thread.ofVirtual().name("sweeper"), this::look);
  }

  /**
   * Starts sweeping.
   *
   * @param events hear of the jobs that it ends
   * @param clock the store's clock, watched for being set
   * @param overlooked hears of claimable jobs that were still first in line a sweep later, and of
   *     those first in line when a worker was lost or a job's time came
   */
  public static Sweeper start(
      JobStore store,
      JobEvents events,
      Clock clock,
      Duration retention,
      Consumer<List<JobId>> overlooked) {
    var sweeper = new Sweeper(store, events, clock, retention, overlooked);
    sweeper.rounds.start();
    return sweeper;
  }

  private Duration look() {
    try {
      sweepAndPurge();
    } catch (StoreUnavailableException away) {
      trust.storeWasAway();
      log.tell(LogEvent.SWEEP_FAILED, PERIOD.toSeconds(), away);
    } catch (RuntimeException | Error e) {
      log.tell(LogEvent.SWEEP_FAILED, PERIOD.toSeconds(), e);
    }
    return untilNextLook();
  }

  private void sweepAndPurge() {
    var lapse = nextLapse;
    var due = nextDue;
    nextLapse = Optional.empty(); // known again after a sweep, and only then
    nextDue = Optional.empty();
    isBehind = false;
    store.leasesOfTheDead().forEach(lease -> end(lease, LogEvent.WORKER_DIED));
    var leases = store.leases();
    trust.look(leases);
    if (trust.maySweep()) {
      trust.overdue().forEach(lease -> end(lease, LogEvent.LEASE_ENDED));
      lapses.look(leases, clock.instant());
      sweep(isOneGone(leases) || lapse.filter(this::isOver).isPresent(), due);
      tendBatches();
    }
    somethingIsOld |= round++ % SWEEPS_PER_PURGE == 0;
    if (trust.mayErase()) {
      purge();
    }
  }

  /** A lost worker's jobs have waited for long enough when its lease is over. */
  private Duration untilNextLook() {
    if (isBehind) {
      return BREATH;
    }
    var untilDue = shorter(MOST_HURRIED, until(nextDue)) ? until(nextDue) : MOST_HURRIED;
    return shorter(untilLapse(), untilDue) ? untilLapse() : untilDue;
  }

  private Duration untilLapse() {
    // A lease is good up to and including its last millisecond.
    return lapses.isWaiting() ? Lapses.TURN : until(nextLapse.map(lapse -> lapse.plusMillis(1)));
  }

  private Duration until(Optional<Instant> time) {
    return time.map(then -> Duration.between(clock.instant(), then))
        .filter(left -> shorter(left, PERIOD))
        .orElse(PERIOD);
  }

  private static boolean shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0;
  }

  private void end(Lease lease, LogEvent reason) {
    if (store.end(lease)) {
      log.tell(reason, lease.worker(), lease.until());
    }
  }

  /** Another sweeper may have found it dead; or it has left by itself, and given its jobs back. */
  private boolean isOneGone(List<Lease> leases) {
    var workers = leases.stream().map(Lease::worker).collect(toUnmodifiableSet());
    var isOneGone = !workers.containsAll(workersBefore);
    workersBefore = workers;
    return isOneGone;
  }

  private void sweep(boolean isWorkerLost, Optional<Instant> due) {
    var report = store.sweep(MAX_CRASHES, lapses.over());
    report.ended().forEach(events::publish);
    if (report.requeued() + report.workerLost() > 0) {
      log.tell(LogEvent.WORKER_LOST, report.requeued(), report.workerLost());
    }
    if (report.expired() > 0) {
      log.tell(LogEvent.JOBS_EXPIRED, report.expired());
    }
    var isFreed =
        report.requeued() + report.due() > 0
            || isWorkerLost
            || due.filter(this::isOver).isPresent();
    tellOfOverlooked(report.waiting(), isFreed ? report.waiting() : firstInLineBefore);
    nextLapse = report.nextLapse();
    nextDue = report.nextDue();
    isBehind = report.mayHaveMore();
  }

  /**
   * Of all the sweepers that wake up for a lost worker, or for jobs whose time has come, one only
   * finds the jobs, and that need not be the one that can ring for them.
   */
  private boolean isOver(Instant time) {
    return time.isBefore(clock.instant());
  }

  private void tellOfOverlooked(List<JobId> firstInLine, Collection<JobId> known) {
    var overdue = firstInLine.stream().filter(known::contains).toList();
    firstInLineBefore = new HashSet<>(firstInLine);
    if (!overdue.isEmpty()) {
      overlooked.accept(overdue);
    }
  }

  /** For one period at most, as well, and piece by piece, so that clients' writes come between. */
  private void tendBatches() {
    var end = System.nanoTime() + PERIOD.toNanos();
    var tending = store.batches().tend();
    while (tending.hasMore() && !rounds.isStopping() && System.nanoTime() - end < 0) {
      tell(tending);
      rounds.pause(BREATH);
      tending = store.batches().tend();
    }
    tell(tending);
    if (tending.hasMore()) {
      nextDue = Optional.of(clock.instant());
    }
  }

  private void tell(BatchTending tending) {
    if (!tending.released().isEmpty()) {
      overlooked.accept(tending.released());
    }
    tending.ended().forEach(events::publish);
  }

  /** For one period at most, as lost workers must not wait for all that is old to be erased. */
  private void purge() {
    var end = System.nanoTime() + PERIOD.toNanos();
    while (somethingIsOld && !rounds.isStopping() && System.nanoTime() - end < 0) {
      somethingIsOld = store.purge(retention) > 0;
      rounds.pause(BREATH);
    }
  }

  @Override
  public void close() {
    rounds.close();
  }
}
