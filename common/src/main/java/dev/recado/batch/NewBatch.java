package dev.recado.batch;

import dev.recado.job.BatchId;
import dev.recado.job.Tenant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A batch about to be filled.
 *
 * @param id its name, made by web
 * @param tenant whose it is
 * @param metadataJson the client's own labels as a JSON object, or null
 * @param deadline when those of its jobs expire that name no deadline of their own
 */
public record NewBatch(
    BatchId id, Tenant tenant, @Nullable String metadataJson, Instant deadline) {}
