package dev.recado.e2e.faults;

import dev.recado.config.BrokerSettings;

/** How a test tells the program where its broker is. */
final class Broker {
  private Broker() {}

  static String url(BrokerSettings settings) {
    return url(settings.address().port());
  }

  /** Whatever listens on this port of the loopback interface, with a fresh broker's own user. */
  static String url(int port) {
    return "amqp://guest:guest@127.0.0.1:" + port;
  }
}
