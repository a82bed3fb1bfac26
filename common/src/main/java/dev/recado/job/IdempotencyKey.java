package dev.recado.job;

/**
 * A client's name for one wish, so that it can be sent again after an answer that was lost.
 *
 * @param value the name, unique for the tenant as long as the job is kept
 * @param fingerprint of what is wished: two wishes of one name are the same if these are equal
 */
public record IdempotencyKey(String value, String fingerprint) {}
