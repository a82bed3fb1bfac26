package dev.recado.app;

import dev.recado.app.check.Finding;
import dev.recado.config.BrokerSettings;
import java.util.Optional;

/** Tests the broker. */
final class Brokers {
  private Brokers() {}

  static Finding check(Optional<BrokerSettings> broker) {
    return new Finding.Fine(Greeting.broker(broker));
  }
}
