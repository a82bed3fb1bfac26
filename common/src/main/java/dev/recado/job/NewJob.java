package dev.recado.job;

import java.time.Duration;
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
 * @param timeToLive from accepted to deadline
 * @param retryOf the finished job that this one repeats, or null
 * @param webhook the URL to call when it has ended, or null
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
    @Nullable String webhook) {}
