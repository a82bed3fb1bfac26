package dev.recado.web.webhook;

import dev.recado.config.WebhookSettings;
import dev.recado.delivery.ClaimedDelivery;
import dev.recado.event.JobEvent;
import dev.recado.event.JobEvents;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.JobStore;
import dev.recado.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import okhttp3.Dns;

/**
 * Sends what the outbox holds. Any number of processes may do so over the same store: a delivery is
 * claimed by one of them, and by another only if that one is lost.
 */
public final class Webhooks implements AutoCloseable {
  private static final Log log = Log.of(Webhooks.class);

  /**
   * Between two looks at the outbox, however many jobs end; and so many times as long as a look.
   */
  private static final Duration BREATH = Duration.ofMillis(20);

  private static final int BREATHS_PER_LOOK = 10;

  private final Pace pace;
  private final DueDeliveries due;
  private final Sender sender;
  private final Settling settling;
  private final Courier courier;
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
        System::nanoTime,
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
      LongSupplier nanoTime,
      Pace pace,
      Courier courier,
      WebhookMeters meters) {
    var deliveries = store.deliveries();
    var receivers = new Receivers(pace.mostPerReceiver(), nanoTime);
    this.pace = pace;
    this.courier = courier;
    this.due = new DueDeliveries(deliveries, receivers, pace);
    this.settling = new Settling(deliveries, receivers, clock, meters);
    this.sender = new Sender(store, courier, settling);
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
      due.claim().forEach(this::begin);
    } catch (StoreUnavailableException e) {
      log.tell(LogEvent.WEBHOOKS_UNREADABLE, e.getMessage());
    } catch (RuntimeException | Error e) {
      // Errors too: without this thread nobody would be called any more, and nothing would tell.
      log.tellWhy(e, LogEvent.WEBHOOKS_MISTAKE);
    }
  }

  private void begin(ClaimedDelivery delivery) {
    Thread.ofVirtual()
        .name("webhook")
        .start(() -> {
          try {
            sender.send(delivery);
          } finally {
            due.end(delivery);
            wake();
          }
        });
  }

  /** Sends no more, gives the calls under way a few seconds, and breaks off the rest. */
  @Override
  public void close() {
    stopping = true;
    settling.stop();
    subscription.close();
    wake();
    try {
      thread.join();
      if (!due.awaitEnds(pace.stop())) {
        log.tell(LogEvent.WEBHOOKS_LEFT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    courier.close();
  }
}
