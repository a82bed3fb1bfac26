package dev.recado.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A validated wish, about to become a job.
 *
 * @param id its name, made by web
 * @param tenant whose it is
 * @param kind which text processor will take it
 * @param model the model asked for; null means the worker's default
 * @param inputJson what the kind needs, as a JSON object; opaque to the store
 * @param metadataJson the client's own labels as a JSON object, or null
 * @param timeToLive from accepted, or from {@code runAt} if that is later, to deadline
 * @param retryOf the finished job that this one repeats, or null
 * @param webhook the URL to call when it has ended, or null
 * @param priority whether it goes before others
 * @param runAt before when it must not be started; null, or past, means at once
 * @param traceparent the W3C trace context it comes in, or null
 */
public record NewJob(
    JobId id,
    Tenant tenant,
    String kind,
    @Nullable String model,
    String inputJson,
    @Nullable String metadataJson,
    Duration timeToLive,
    @Nullable JobId retryOf,
    @Nullable String webhook,
    Priority priority,
    @Nullable Instant runAt,
    @Nullable String traceparent) {

  /** A job of the usual priority, for as soon as possible. */
  public NewJob(
      JobId id,
      Tenant tenant,
      String kind,
      @Nullable String model,
      String inputJson,
      @Nullable String metadataJson,
      Duration timeToLive,
      @Nullable JobId retryOf,
      @Nullable String webhook) {
    this(
        id,
        tenant,
        kind,
        model,
        inputJson,
        metadataJson,
        timeToLive,
        retryOf,
        webhook,
        Priority.NORMAL,
        null,
        null);
  }

  /** A finished job's wish once more: what it asked, with the time that it had. */
  public static NewJob repeating(Job job, String inputJson, JobId id) {
    return new NewJob(
        id,
        job.tenant(),
        job.kind(),
        job.model(),
        inputJson,
        job.metadataJson(),
        Duration.between(job.dueAt(), job.deadline()),
        job.id(),
        job.webhook(),
        job.priority(),
        null,
        null);
  }

  /** The same within another trace, or in none. */
  public NewJob within(@Nullable String otherTraceparent) {
    return Objects.equals(traceparent, otherTraceparent)
        ? this
        : new NewJob(
            id,
            tenant,
            kind,
            model,
            inputJson,
            metadataJson,
            timeToLive,
            retryOf,
            webhook,
            priority,
            runAt,
            otherTraceparent);
  }

  /** When it expires if it has not finished. */
  public Instant deadline() {
    var accepted = id.createdAt();
    return (runAt != null && isForLater(accepted) ? runAt : accepted).plus(timeToLive);
  }

  /** Whether it must not be started yet. */
  public boolean isForLater(Instant now) {
    return runAt != null && runAt.isAfter(now);
  }
}
