package dev.recado.event.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.recado.config.BrokerSettings;
import dev.recado.event.JobEvent;
import dev.recado.rabbitmq.BrokerLink;
import dev.recado.rabbitmq.LiveConnection;
import dev.recado.rabbitmq.Outbox;
import java.time.Duration;
import org.slf4j.event.Level;

/**
 * Sends events out, once and unconfirmed, those that wait together as one message. A lone event
 * goes at once, and so does a second, as a job's end follows its foretelling. A stream of them goes
 * as a message per millisecond: here, at the broker and at each listener a message costs many times
 * what one more event in it does. Thread-safe.
 */
final class EventSender implements AutoCloseable {
  private static final int CAPACITY = 10_000;
  private static final int BATCH = 500;
  private static final Duration GLANCE = Duration.ofSeconds(1);
  private static final Duration BREATH = Duration.ofMillis(1);

  private final EventFormat format = new EventFormat();
  private final Outbox<JobEvent> outbox = new Outbox<>(CAPACITY);
  private final BasicProperties transientFromUs;
  private final BrokerLink link;

  EventSender(BrokerSettings broker, String ourName) {
    transientFromUs =
        new BasicProperties.Builder()
            .contentType(EventFormat.MEDIA_TYPE)
            .appId(ourName)
            .deliveryMode(1)
            .build();
    // The doorbell reports outages already.
    link = BrokerLink.open(broker, "recado events out", Level.DEBUG, this::run);
  }

  void send(JobEvent event) {
    outbox.put(event);
  }

  /**
   * Only while nobody waits to be sent: in a crowd it would come no sooner than what follows it.
   */
  void sendAhead(JobEvent event) {
    if (outbox.isEmpty()) {
      outbox.put(event);
    }
  }

  boolean isConnected() {
    return link.isConnected();
  }

  @Override
  public void close() {
    link.close();
  }

  private void run(LiveConnection connection) throws Exception {
    var channel = connection.channel();
    RabbitJobEvents.declareExchange(channel);
    connection.whenEnded(outbox::wake);
    connection.ready();
    var readySince = System.nanoTime() - BREATH.toNanos();
    do {
      connection.awaitUnblocked(GLANCE);
      if (!connection.isBlocked()) {
        var events = outbox.take(BATCH, GLANCE);
        if (!events.isEmpty()) {
          channel.basicPublish(RabbitJobEvents.EXCHANGE, "", transientFromUs, format.write(events));
          breathe(readySince);
          readySince = System.nanoTime();
        }
      }
      connection.check();
    } while (connection.isOpen() || !outbox.isEmpty());
  }

  /** Unless there was time to, before something came. */
  private static void breathe(long readySince) throws InterruptedException {
    if (System.nanoTime() - readySince < BREATH.toNanos()) {
      Thread.sleep(BREATH);
    }
  }
}
