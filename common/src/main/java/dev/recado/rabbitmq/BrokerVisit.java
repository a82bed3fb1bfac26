package dev.recado.rabbitmq;

import dev.recado.config.BrokerSettings;

/** A connection for one errand: it is opened, used on the caller's thread, and closed. */
public final class BrokerVisit {
  private BrokerVisit() {}

  /** What somebody wants at the broker. */
  @FunctionalInterface
  public interface Errand<T> {
    /** Does it. */
    T run(LiveConnection connection) throws Exception;
  }

  /**
   * Runs an errand, and throws whatever keeps it from being run.
   *
   * @param purpose what the connection is for, as operators see it in the broker's console
   */
  public static <T> T pay(BrokerSettings broker, String purpose, Errand<T> errand)
      throws Exception {
    try (var connection = new Connector(broker, purpose).connect(() -> {})) {
      return errand.run(connection);
    }
  }
}
