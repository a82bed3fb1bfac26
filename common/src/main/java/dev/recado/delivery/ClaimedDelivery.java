package dev.recado.delivery;

import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import java.time.Instant;

/**
 * A delivery in the hands of one sender.
 *
 * @param id its name to the receiver
 * @param tenant whose job it is about
 * @param job the job
 * @param event what happened, such as {@code job.succeeded}
 * @param createdAt when that was
 * @param url where to send it
 * @param receiver the URL's scheme, host and port
 * @param attempt the number of this claim, from 1
 * @param round which try it is since it was made or last replayed, from 1; with the attempt, the
 *     fence
 */
public record ClaimedDelivery(
    String id,
    Tenant tenant,
    JobId job,
    String event,
    Instant createdAt,
    String url,
    String receiver,
    int attempt,
    int round) {}
