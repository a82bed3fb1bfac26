package dev.recado.worker.execute;

import dev.recado.event.JobEvents;
import dev.recado.queue.TaskConsumer;
import dev.recado.store.JobStore;
import dev.recado.trace.Traces;
import dev.recado.worker.model.ModelClient;
import java.time.Clock;

/**
 * What a worker is given. It uses them; who made them closes them, after the worker.
 *
 * @param store where the jobs are
 * @param consumer who hears the rings for them
 * @param events what web and workers tell each other
 * @param model who is asked
 * @param traces where the spans of its jobs go
 * @param clock what time it is
 */
public record WorkerPorts(
    JobStore store,
    TaskConsumer consumer,
    JobEvents events,
    ModelClient model,
    Traces traces,
    Clock clock) {}
