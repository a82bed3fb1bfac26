package dev.recado.testing;

import dev.recado.config.BrokerSettings;

/** A RabbitMQ that belongs to one test. */
public interface TestBroker extends AutoCloseable {
  /** How to reach it. */
  BrokerSettings settings();

  /**
   * Runs {@code rabbitmqctl}.
   *
   * @return what it wrote
   */
  String ctl(String... command);

  @Override
  void close();
}
