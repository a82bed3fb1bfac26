package dev.recado.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try at a delivery.
 *
 * @param at when it ended
 * @param status the receiver's HTTP status, if it answered
 * @param error why it did not count as delivered, in words; null if it did
 * @param took how long it lasted
 */
public record Attempt(
    Instant at, @Nullable Integer status, @Nullable String error, Duration took) {}
