package dev.recado.queue.rabbitmq;

import dev.recado.config.BrokerSettings;
import dev.recado.queue.TaskConsumer;
import dev.recado.rabbitmq.BrokerLink;
import dev.recado.rabbitmq.LiveConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Hears rings through RabbitMQ, on a connection of its own. */
public final class RabbitTaskConsumer implements TaskConsumer {
  /** One ring has a worker claim all it has room for; more of them only take up memory. */
  static final int MOST_HELD = 32;

  private final int prefetch;
  private final HeardRings heard = new HeardRings();
  private final DeadLetterOffice deadLetters;
  private final BrokerLink link;
  private final Object lock = new Object();
  private @Nullable Listening listening;
  private boolean paused;

  /**
   * Begins to connect to this broker, and returns at once.
   *
   * @param slots how many jobs the worker has room for: it holds no more rings than these, and than
   *     {@value #MOST_HELD}
   */
  public RabbitTaskConsumer(BrokerSettings broker, int slots) {
    this.prefetch = Math.min(slots, MOST_HELD);
    this.deadLetters = new DeadLetterOffice(broker);
    this.link = BrokerLink.open(broker, "recado doorbell in", Level.WARN, this::listen);
  }

  @Override
  public Rings await(Duration atMost) throws InterruptedException {
    return heard.await(atMost);
  }

  @Override
  public void wake() {
    heard.wake();
  }

  @Override
  public void pause() {
    synchronized (lock) {
      if (!paused && listening != null) {
        listening.stop();
      }
      paused = true;
    }
  }

  @Override
  public void resume() {
    synchronized (lock) {
      if (paused && listening != null) {
        listening.start();
      }
      paused = false;
    }
  }

  @Override
  public boolean isConnected() {
    return link.isConnected();
  }

  @Override
  public void close() {
    heard.close();
    // First, so that what it still moves is acknowledged, and not also given back.
    deadLetters.close();
    link.close();
  }

  private void listen(LiveConnection connection) throws Exception {
    Queues.ensure(connection);
    var session = new Listening(connection, prefetch, heard, deadLetters);
    synchronized (lock) {
      listening = session;
      if (!paused) {
        session.start();
      }
    }
    try {
      connection.ready();
      connection.awaitEnd();
    } finally {
      synchronized (lock) {
        listening = null;
        heard.forget();
      }
    }
  }
}
