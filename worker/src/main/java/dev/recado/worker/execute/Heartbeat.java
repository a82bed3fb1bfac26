package dev.recado.worker.execute;

import dev.recado.job.WorkerId;
import dev.recado.lifecycle.Rounds;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.JobStore;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Keeps the worker's lease, and notices within {@link #LOOK_FOR_TAKEN_AWAY} which of its jobs were
 * canceled or have expired, with or without a broker. A worker whose lease was found lapsed (it was
 * suspended, or the store was away) stops what it runs, for somebody else has it by now, and signs
 * on under a new name.
 */
final class Heartbeat implements AutoCloseable {
  private static final Log log = Log.of(Heartbeat.class);
  private static final Duration LOOK_FOR_TAKEN_AWAY = Duration.ofMillis(300);

  /** Two may fail. More would leave a lost worker's jobs waiting for longer. */
  private static final int RENEWALS_PER_LEASE = 3;

  private final JobStore store;
  private final InFlight inFlight;
  private final Supplier<WorkerId> names;
  private final int slots;
  private final Duration lease;
  private final Duration renewEvery;
  private final Rounds rounds;
  private volatile WorkerId worker;
  private volatile long renewed;

  Heartbeat(
      JobStore store, InFlight inFlight, Supplier<WorkerId> names, int slots, Duration lease) {
    this.store = store;
    this.inFlight = inFlight;
    this.names = names;
    this.slots = slots;
    this.lease = lease;
    this.worker = names.get();
    this.renewEvery = lease.dividedBy(RENEWALS_PER_LEASE);
    this.rounds = new Rounds(Thread.ofPlatform().name("heartbeat"), this::beat);
  }

  void start() {
    signOn(worker);
    rounds.start();
  }

  /** The name this worker goes by now. */
  WorkerId worker() {
    return worker;
  }

  /** Whether the store has heard of this worker within its lease. */
  boolean holdsLease() {
    return System.nanoTime() - renewed < lease.toNanos();
  }

  private void signOn(WorkerId name) {
    var asked = System.nanoTime();
    store.signOn(name, slots, lease);
    renewed = asked;
  }

  private Duration beat() {
    try {
      if (System.nanoTime() - renewed >= renewEvery.toNanos()) {
        renew();
      }
      inFlight.stopTakenAway(() -> store.takenAwayFrom(worker));
    } catch (RuntimeException | Error e) {
      log.tell(LogEvent.WORKER_HEARTBEAT_FAILED, e);
    }
    return renewEvery.compareTo(LOOK_FOR_TAKEN_AWAY) < 0 ? renewEvery : LOOK_FOR_TAKEN_AWAY;
  }

  private void renew() {
    var asked = System.nanoTime();
    if (store.renewLease(worker, lease)) {
      renewed = asked;
      return;
    }
    var lost = worker;
    inFlight.stopAll(InFlight.Stop.TAKEN_AWAY);
    var next = names.get();
    signOn(next);
    worker = next;
    log.tell(LogEvent.WORKER_RENAMED, lost, next);
  }

  /** Signs the worker off: what it still holds is handed back. */
  @Override
  public void close() {
    rounds.close();
    store.signOff(worker);
  }
}
