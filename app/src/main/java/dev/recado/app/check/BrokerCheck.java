package dev.recado.app.check;

import dev.recado.app.check.Finding.Fine;
import dev.recado.app.check.Finding.Trouble;
import dev.recado.config.BrokerSettings;
import dev.recado.queue.rabbitmq.RabbitTaskPublisher;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether the broker lets us in. Declares the queues, as every start does, and rings for nothing.
 *
 * @param broker how to reach it
 */
public record BrokerCheck(BrokerSettings broker) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Connects. */
  public Finding run() throws InterruptedException {
    try (var publisher = new RabbitTaskPublisher(broker)) {
      for (var end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
        if (publisher.isConnected()) {
          return new Fine(broker.describe());
        }
        Thread.sleep(PAUSE);
      }
      return new Trouble("no connection to " + broker.describe() + " within 10 s");
    }
  }
}
