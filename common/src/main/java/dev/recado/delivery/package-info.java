/**
 * What is told by webhook to those who left a job: {@link dev.recado.delivery.Deliveries}, the
 * outbox in the job store.
 */
@NullMarked
package dev.recado.delivery;

import org.jspecify.annotations.NullMarked;
