package dev.recado.web.webhook;

import dev.recado.delivery.Attempt;
import dev.recado.delivery.ClaimedDelivery;
import dev.recado.delivery.Deliveries;
import dev.recado.delivery.Verdict;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Decides what a reply means, for its delivery and of its receiver. Thread-safe. */
final class Settling {
  private static final Log log = Log.of(Settling.class);

  private final Deliveries deliveries;
  private final Receivers receivers;
  private final Clock clock;
  private final WebhookMeters meters;
  private volatile boolean stopping;

  Settling(Deliveries deliveries, Receivers receivers, Clock clock, WebhookMeters meters) {
    this.deliveries = deliveries;
    this.receivers = receivers;
    this.clock = clock;
    this.meters = meters;
  }

  /** From now on a silence may be our own doing. */
  void stop() {
    stopping = true;
  }

  /** Takes down what came back, after so long. */
  void settle(ClaimedDelivery delivery, Reply reply, Duration took) {
    receivers.heard(delivery, reply, took);
    // A call that our own stop broke off says nothing of its receiver: the next sender begins anew.
    if (!stopping || reply instanceof Reply.Answered) {
      record(delivery, reply, took, clock.instant());
    }
  }

  private void record(ClaimedDelivery delivery, Reply reply, Duration took, Instant now) {
    var share = ThreadLocalRandom.current().nextDouble();
    var verdict = RetrySchedule.verdict(reply, delivery.round(), now, share);
    if (deliveries.settle(delivery, attempt(reply, now, took), verdict)) {
      meters.tried(verdict);
      tell(delivery, reply, verdict);
    }
  }

  private static Attempt attempt(Reply reply, Instant now, Duration took) {
    return switch (reply) {
      case Reply.Answered(var status, var _) ->
          new Attempt(now, status, status / 100 == 2 ? null : "answered " + status, took);
      case Reply.Silence(var why) -> new Attempt(now, null, why, took);
    };
  }

  private static void tell(ClaimedDelivery delivery, Reply reply, Verdict verdict) {
    switch (verdict) {
      case Verdict.Delivered() -> log.tell(LogEvent.WEBHOOK_DELIVERED, delivery.id());
      case Verdict.RetryAt(var time) ->
          log.tell(LogEvent.WEBHOOK_RETRIED, delivery.id(), time, reply);
      case Verdict.GivenUp() ->
          log.tell(LogEvent.WEBHOOK_GIVEN_UP, delivery.id(), delivery.receiver(), reply);
      case Verdict.Unwanted() ->
          log.tell(LogEvent.WEBHOOK_UNWANTED, delivery.id(), delivery.receiver());
    }
  }
}
