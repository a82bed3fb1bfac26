/**
 * The doorbell between web and worker: {@link dev.recado.queue.TaskPublisher} rings, {@link
 * dev.recado.queue.TaskConsumer} hears. It may lose rings; the store may not lose jobs.
 */
@NullMarked
package dev.recado.queue;

import org.jspecify.annotations.NullMarked;
