package dev.recado.worker.execute;

import java.time.Duration;

/**
 * What a worker has to be told.
 *
 * @param concurrency model calls in flight
 * @param lease how long it may be silent before its jobs are given to others
 */
public record WorkerSettings(int concurrency, Duration lease) {}
