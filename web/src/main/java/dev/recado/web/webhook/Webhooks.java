package dev.recado.web.webhook;

import dev.recado.config.WebhookSettings;
import dev.recado.delivery.Attempt;
import dev.recado.delivery.ClaimedDelivery;
import dev.recado.delivery.Deliveries;
import dev.recado.delivery.Verdict;
import dev.recado.event.JobEvent;
import dev.recado.event.JobEvents;
import dev.recado.job.Job;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.JobStore;
import dev.recado.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import okhttp3.Dns;

/**
 * Sends what the outbox holds. Any number of processes may do so over the same store: a delivery is
 * claimed by one of them, and by another only if that one is lost.
 */
public final class Webhooks implements AutoCloseable {
  private static final Log log = Log.of(Webhooks.class);

  /** More than there will be; each costs a step through an index. */
  private static final int MOST_RECEIVERS = 10_000;

  /**
   * Between two looks at the outbox, however many jobs end; and so many times as long as a look.
   */
  private static final Duration BREATH = Duration.ofMillis(20);

  private static final int BREATHS_PER_LOOK = 10;

  private final JobStore store;
  private final Deliveries deliveries;
  private final Clock clock;
  private final Pace pace;
  private final Courier courier;
  private final WebhookMeters meters;
  private final Receivers receivers;
  private final Semaphore slots;
  private final Semaphore bell = new Semaphore(0);
  private final JobEvents.Subscription subscription;
  private final Thread thread = Thread.ofVirtual().name("webhooks").unstarted(this::run);
  private volatile boolean stopping;

  /** Nothing is sent yet. */
  public Webhooks(
      JobStore store,
      JobEvents events,
      WebhookSettings settings,
      Clock clock,
      WebhookMeters meters) {
    this(
        store,
        events,
        clock,
        Pace.usual(),
        new Courier(
            new Signer(settings.secrets()),
            settings.allowsPrivate() ? Reach.ANYWHERE : Reach.PUBLIC,
            Pace.usual(),
            Dns.SYSTEM,
            clock),
        meters);
  }

  Webhooks(
      JobStore store,
      JobEvents events,
      Clock clock,
      Pace pace,
      Courier courier,
      WebhookMeters meters) {
    this.store = store;
    this.deliveries = store.deliveries();
    this.clock = clock;
    this.pace = pace;
    this.courier = courier;
    this.meters = meters;
    this.receivers = new Receivers(pace.mostPerReceiver());
    this.slots = new Semaphore(pace.most());
    this.subscription = events.subscribe(this::hear);
  }

  /** Starts sending. */
  public void start() {
    thread.start();
  }

  /** Has the outbox looked at now. */
  public void wake() {
    bell.release();
  }

  private void hear(JobEvent event) {
    if (event instanceof JobEvent.StateChanged(var _, var state) && state.isTerminal()) {
      wake();
    }
  }

  private void run() {
    try {
      while (!stopping) {
        var begin = System.nanoTime();
        look();
        rest(Duration.ofNanos(System.nanoTime() - begin));
        awaitBell();
      }
    } catch (InterruptedException e) {
      log.tell(LogEvent.WEBHOOKS_STOPPED);
    }
  }

  private void rest(Duration afterLook) throws InterruptedException {
    var rest = BREATH.plus(afterLook.multipliedBy(BREATHS_PER_LOOK));
    Thread.sleep(rest.compareTo(pace.look()) < 0 ? rest : pace.look());
  }

  private void awaitBell() throws InterruptedException {
    if (bell.tryAcquire(pace.look().toNanos(), TimeUnit.NANOSECONDS)) {
      bell.drainPermits();
    }
  }

  private void look() {
    try {
      sendDue();
    } catch (StoreUnavailableException e) {
      log.tell(LogEvent.WEBHOOKS_UNREADABLE, e.getMessage());
    } catch (RuntimeException e) {
      log.tellWhy(e, LogEvent.WEBHOOKS_MISTAKE);
    }
  }

  private void sendDue() {
    var due = deliveries.dueReceivers(MOST_RECEIVERS);
    var room = receivers.room(due, slots.availablePermits(), clock.instant());
    for (var delivery : deliveries.claim(room, pace.lease())) {
      slots.acquireUninterruptibly();
      receivers.began(delivery.receiver());
      Thread.ofVirtual().name("webhook").start(() -> send(delivery));
    }
  }

  private void send(ClaimedDelivery delivery) {
    try {
      store
          .find(delivery.tenant(), delivery.job())
          .filter(job -> !job.erased())
          .ifPresent(job -> send(delivery, job));
    } catch (StoreUnavailableException e) {
      log.tell(LogEvent.WEBHOOK_UNRECORDED, delivery.id(), e.getMessage());
    } finally {
      receivers.ended(delivery.receiver());
      slots.release();
      wake();
    }
  }

  private void send(ClaimedDelivery delivery, Job job) {
    var begin = System.nanoTime();
    var reply = carry(delivery, job);
    var took = Duration.ofNanos(System.nanoTime() - begin);
    receivers.heard(delivery.receiver(), reply, took, clock.instant());
    // A call that our own stop broke off says nothing of its receiver: the next sender begins anew.
    if (!stopping || reply instanceof Reply.Answered) {
      record(delivery, reply, took);
    }
  }

  private Reply carry(ClaimedDelivery delivery, Job job) {
    try {
      return courier.carry(delivery, Payload.of(delivery, job));
    } catch (RuntimeException e) {
      log.tellWhy(e, LogEvent.WEBHOOK_MISTAKE, delivery.id());
      return new Reply.Silence("was not called, by a mistake of ours");
    }
  }

  private void record(ClaimedDelivery delivery, Reply reply, Duration took) {
    var now = clock.instant();
    var share = ThreadLocalRandom.current().nextDouble();
    var verdict = RetrySchedule.verdict(reply, delivery.round(), now, share);
    if (deliveries.settle(delivery, attempt(reply, now, took), verdict)) {
      meters.tried(verdict);
      tell(delivery, reply, verdict);
    }
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

  private static Attempt attempt(Reply reply, Instant now, Duration took) {
    return switch (reply) {
      case Reply.Answered(var status, var _) ->
          new Attempt(now, status, status / 100 == 2 ? null : "answered " + status, took);
      case Reply.Silence(var why) -> new Attempt(now, null, why, took);
    };
  }

  /** Sends no more, gives the calls under way a few seconds, and breaks off the rest. */
  @Override
  public void close() {
    stopping = true;
    subscription.close();
    wake();
    try {
      thread.join();
      if (slots.tryAcquire(pace.most(), pace.stop().toNanos(), TimeUnit.NANOSECONDS)) {
        slots.release(pace.most());
      } else {
        log.tell(LogEvent.WEBHOOKS_LEFT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    courier.close();
  }
}
