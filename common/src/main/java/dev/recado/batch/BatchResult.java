package dev.recado.batch;

import dev.recado.job.Job;

/**
 * A request of a batch whose job has ended.
 *
 * @param index its place in the batch, from 0
 * @param customId what the client calls it
 * @param job how it ended, without what was asked
 */
public record BatchResult(int index, String customId, Job job) {}
