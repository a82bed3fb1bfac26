package dev.recado.queue.rabbitmq;

import dev.recado.config.BrokerSettings;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.queue.WaitingJobs;
import dev.recado.rabbitmq.BrokerLink;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Moves what nobody can read out of the way, into a queue of its own. It publishes on its own
 * connection, as a broker short of memory stops connections that publish, and opens that only when
 * there is something to move: hardly ever. Thread-safe.
 */
final class DeadLetterOffice implements AutoCloseable {
  private static final Log log = Log.of(DeadLetterOffice.class);
  private static final int CAPACITY = 1_000;

  private final BrokerSettings broker;
  private final ConfirmedRelay relay = new ConfirmedRelay(CAPACITY, WaitingJobs.UNKNOWN);
  private @Nullable BrokerLink link;

  DeadLetterOffice(BrokerSettings broker) {
    this.broker = broker;
  }

  /**
   * Moves a message.
   *
   * @param whenSafe done once it has arrived; until then the original has to stay
   */
  void setAside(byte[] body, UnreadableRingException reason, Runnable whenSafe) {
    log.tell(
        LogEvent.MESSAGE_UNREADABLE, body.length, Queues.TASKS, reason.getMessage(), Queues.DEAD);
    var properties = LetterFormat.properties(reason, Instant.now());
    relay.post(new Letter(Queues.DEAD, properties, body, whenSafe));
    openIfClosed();
  }

  @Override
  public synchronized void close() {
    if (link != null) {
      link.close();
    }
  }

  private synchronized void openIfClosed() {
    if (link == null) {
      link =
          BrokerLink.open(
              broker,
              "recado dead letters",
              Level.DEBUG,
              connection -> relay.run(connection, channel -> {}));
    }
  }
}
