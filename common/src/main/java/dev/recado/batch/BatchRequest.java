package dev.recado.batch;

import dev.recado.job.NewJob;

/**
 * One request of a new batch.
 *
 * @param index its place in the batch, from 0
 * @param customId what the client calls it; unique within the batch
 * @param job what it becomes
 */
public record BatchRequest(int index, String customId, NewJob job) {}
