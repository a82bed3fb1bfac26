package dev.recado.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Proof that a job is durable.
 *
 * @param createdAt when it was accepted
 * @param deadline when it will expire
 * @param position its place in line when it was accepted, from 1; null while its time has not come
 * @param waiting how many jobs waited then, this one included
 */
public record Receipt(
    Instant createdAt, Instant deadline, @Nullable Long position, Waiting waiting) {}
