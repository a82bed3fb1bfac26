package dev.recado.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as its owner sees it: what the store knows of it.
 *
 * @param id its name
 * @param tenant whose it is
 * @param kind which text processor takes it
 * @param state where it is on its way
 * @param model the model asked for; null means the worker's default
 * @param inputJson what was asked, as a JSON object; null once erased, or where it was not read
 * @param metadataJson the client's labels as a JSON object; null if none, once erased, or where
 *     they were not read
 * @param attempts how often it was tried; a try that a busy provider turned away, or that a worker
 *     handed back when it was stopped, does not count
 * @param createdAt when it was accepted
 * @param startedAt when it was first claimed, if it was
 * @param completedAt when it reached its terminal state, if it has
 * @param priority whether it goes before others
 * @param runAt before when it must not be started, if it was left for later
 * @param batch the batch it is part of, or null
 * @param deadline when it expires if it has not finished
 * @param retryOf the finished job that this one repeats, or null
 * @param webhook the URL to call when it has ended; null if none, once erased, or where it was not
 *     read
 * @param erased whether input and output were deleted, by request or by age
 * @param result the answer of a job that succeeded; of a failed one, what there was of it
 * @param error why it failed or expired; of a live job, what its last attempt met. One that was
 *     canceled has none, whatever it met before
 * @param firstToken from its last claim to the first word of the answer; null if unknown
 * @param traceparent the W3C trace context it was accepted in; null if none, or once erased
 */
public record Job(
    JobId id,
    Tenant tenant,
    String kind,
    JobState state,
    @Nullable String model,
    @Nullable String inputJson,
    @Nullable String metadataJson,
    int attempts,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    Priority priority,
    @Nullable Instant runAt,
    @Nullable BatchId batch,
    Instant deadline,
    @Nullable JobId retryOf,
    @Nullable String webhook,
    boolean erased,
    @Nullable JobResult result,
    @Nullable JobError error,
    @Nullable Duration firstToken,
    @Nullable String traceparent) {

  /** Since when it could be started. */
  public Instant dueAt() {
    return runAt == null ? createdAt : runAt;
  }
}
