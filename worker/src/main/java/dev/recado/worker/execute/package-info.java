/**
 * The pipeline from claim to recorded outcome. {@link dev.recado.worker.execute.Dispatcher} claims,
 * {@link dev.recado.worker.execute.JobRunner} runs one attempt, {@link
 * dev.recado.worker.execute.Heartbeat} keeps the lease.
 */
@NullMarked
package dev.recado.worker.execute;

import org.jspecify.annotations.NullMarked;
