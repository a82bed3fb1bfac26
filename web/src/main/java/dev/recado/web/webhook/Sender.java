package dev.recado.web.webhook;

import dev.recado.delivery.ClaimedDelivery;
import dev.recado.job.Job;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.JobStore;
import dev.recado.store.StoreUnavailableException;
import java.time.Duration;

/** Sends a delivery and has settled what came back. Thread-safe. */
final class Sender {
  private static final Log log = Log.of(Sender.class);

  private final JobStore store;
  private final Courier courier;
  private final Settling settling;

  Sender(JobStore store, Courier courier, Settling settling) {
    this.store = store;
    this.courier = courier;
    this.settling = settling;
  }

  /** Does not throw: what is not settled comes due again by itself. */
  void send(ClaimedDelivery delivery) {
    try {
      store
          .find(delivery.tenant(), delivery.job())
          .filter(job -> !job.erased())
          .ifPresent(job -> send(delivery, job));
    } catch (StoreUnavailableException e) {
      log.tell(LogEvent.WEBHOOK_UNRECORDED, delivery.id(), e.getMessage());
    } catch (RuntimeException | Error mistake) {
      log.tellWhy(mistake, LogEvent.WEBHOOK_MISTAKE, delivery.id());
    }
  }

  private void send(ClaimedDelivery delivery, Job job) {
    var begin = System.nanoTime();
    var reply = carry(delivery, job);
    settling.settle(delivery, reply, Duration.ofNanos(System.nanoTime() - begin));
  }

  private Reply carry(ClaimedDelivery delivery, Job job) {
    try {
      return courier.carry(delivery, Payload.of(delivery, job));
    } catch (RuntimeException | Error mistake) {
      log.tellWhy(mistake, LogEvent.WEBHOOK_MISTAKE, delivery.id());
      return new Reply.Silence("was not called, by a mistake of ours");
    }
  }
}
