package dev.recado.store;

import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list.
 *
 * @param tenant whose
 * @param state only those in this state, or null for all
 * @param createdAfter only those accepted at or after this time, or null
 * @param createdBefore only those accepted before this time, or null
 * @param limit at most so many
 * @param cursor the last job of the page before, or null for the first page
 */
public record JobQuery(
    Tenant tenant,
    @Nullable JobState state,
    @Nullable Instant createdAfter,
    @Nullable Instant createdBefore,
    int limit,
    @Nullable JobId cursor) {}
