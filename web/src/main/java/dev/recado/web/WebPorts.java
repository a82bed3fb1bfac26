package dev.recado.web;

import dev.recado.event.JobEvents;
import dev.recado.metrics.Metrics;
import dev.recado.queue.TaskPublisher;
import dev.recado.store.JobStore;
import dev.recado.trace.Traces;
import java.time.Clock;

/**
 * What web is given. It uses them; who made them closes them, after web.
 *
 * @param store where the jobs are
 * @param publisher who rings for them
 * @param events what web and workers tell each other
 * @param metrics what it counts
 * @param traces where the spans of requests go
 * @param clock what time it is
 */
public record WebPorts(
    JobStore store,
    TaskPublisher publisher,
    JobEvents events,
    Metrics metrics,
    Traces traces,
    Clock clock) {}
