package dev.recado.delivery;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One event that is told by webhook, as the owner of its job sees it.
 *
 * @param id its name to the receiver, the {@code webhook-id}
 * @param event what happened, such as {@code job.succeeded}
 * @param state what came of it so far
 * @param attempts how often it was sent
 * @param createdAt when it happened
 * @param nextAttemptAt when it will be sent; null if it will not
 * @param lastAttempt the last try whose end is known
 */
public record Delivery(
    String id,
    String event,
    State state,
    int attempts,
    Instant createdAt,
    @Nullable Instant nextAttemptAt,
    @Nullable Attempt lastAttempt) {

  /** What came of a delivery so far. */
  public enum State {
    /** It is being sent, or will be. */
    PENDING,
    /** The receiver has it. */
    DELIVERED,
    /** It was tried often enough. */
    FAILED,
    /** The receiver does not want it, or its job was erased. */
    DISABLED;

    /** The spelling in the HTTP contract and in the store: lower case. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state with this spelling. */
    public static State fromWireName(String wireName) {
      return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
  }
}
