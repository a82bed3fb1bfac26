package dev.recado.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job in the hands of one worker. {@code (id, attempt)} is the fence: only the holder of the
 * newest attempt can settle the job.
 *
 * @param seq where the store keeps it; means nothing to others
 * @param id its name
 * @param tenant whose it is
 * @param kind which text processor takes it
 * @param model the model asked for; null means the worker's default
 * @param inputJson what was asked, as a JSON object
 * @param priority whether it went before others
 * @param attempt the number of this claim, from 1
 * @param worker whose hands
 * @param createdAt when the job was accepted
 * @param deadline when it expires
 * @param batch where the store keeps its batch; null if it is in none
 * @param setbacks what has gone wrong with it before
 * @param dueAt since when it could be run: when it was accepted, or its {@code run_at}
 * @param claimedAt when it was taken
 * @param traceparent the W3C trace context it was accepted in, or null
 */
public record ClaimedJob(
    long seq,
    JobId id,
    Tenant tenant,
    String kind,
    @Nullable String model,
    String inputJson,
    Priority priority,
    int attempt,
    WorkerId worker,
    Instant createdAt,
    Instant deadline,
    @Nullable Long batch,
    Setbacks setbacks,
    Instant dueAt,
    Instant claimedAt,
    @Nullable String traceparent) {}
