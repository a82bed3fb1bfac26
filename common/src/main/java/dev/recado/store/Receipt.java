package dev.recado.store;

import java.time.Instant;

/**
 * Proof that a job is durable.
 *
 * @param createdAt when it was accepted
 * @param deadline when it will expire
 * @param queued how many jobs of the tenant are queued, this one included
 */
public record Receipt(Instant createdAt, Instant deadline, long queued) {}
