package dev.recado.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job was taken last.
 *
 * @param attempt the number of that attempt, from 1
 * @param at when
 * @param worker by whom; null if that was not noted
 */
public record LastClaim(int attempt, Instant at, @Nullable String worker) {}
