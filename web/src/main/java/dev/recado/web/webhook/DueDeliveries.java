package dev.recado.web.webhook;

import dev.recado.delivery.ClaimedDelivery;
import dev.recado.delivery.Deliveries;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Claims what is due, as much of it as there is room for: in this process, and with each receiver.
 * One thread claims; any may end what it has.
 */
final class DueDeliveries {
  /** More than there will be; each costs a step through an index. */
  private static final int MOST_RECEIVERS = 10_000;

  private final Deliveries deliveries;
  private final Receivers receivers;
  private final Pace pace;
  private final Semaphore slots;

  DueDeliveries(Deliveries deliveries, Receivers receivers, Pace pace) {
    this.deliveries = deliveries;
    this.receivers = receivers;
    this.pace = pace;
    this.slots = new Semaphore(pace.most());
  }

  /** Each has to be {@link #end}ed. */
  List<ClaimedDelivery> claim() {
    var due = deliveries.dueReceivers(MOST_RECEIVERS);
    var room = receivers.room(due, slots.availablePermits());
    var claimed = deliveries.claim(room, pace.lease());
    for (var delivery : claimed) {
      slots.acquireUninterruptibly();
      receivers.began(delivery);
    }
    return claimed;
  }

  /** Gives its place to another, however it went. */
  void end(ClaimedDelivery delivery) {
    receivers.ended(delivery);
    slots.release();
  }

  /** Waits for the end of all that were claimed; returns whether that came to pass in time. */
  boolean awaitEnds(Duration atMost) throws InterruptedException {
    if (!slots.tryAcquire(pace.most(), atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    slots.release(pace.most());
    return true;
  }
}
