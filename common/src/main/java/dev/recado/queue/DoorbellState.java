package dev.recado.queue;

import java.util.Locale;

/**
 * How things stand with the doorbell, for people to see.
 *
 * @param kind what carries the rings
 * @param isConnected whether there is a way to it
 * @param isBlocked whether it takes no rings just now, as it runs out of memory or of disk
 * @param unconfirmedRings rings that it has not yet taken
 */
public record DoorbellState(
    Kind kind, boolean isConnected, boolean isBlocked, long unconfirmedRings) {

  /** What carries the rings. */
  public enum Kind {
    /** Nothing but this process. */
    IN_PROCESS,
    /** RabbitMQ. */
    RABBITMQ;

    /** The spelling in the HTTP contract: lower case, with hyphens. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
