package dev.recado.worker;

import dev.recado.event.JobEvents;
import dev.recado.queue.TaskConsumer;
import dev.recado.store.JobStore;
import dev.recado.trace.Traces;
import dev.recado.worker.execute.Worker;
import dev.recado.worker.model.ModelClient;
import dev.recado.worker.process.ChatProcessor;
import dev.recado.worker.process.GenerateProcessor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Puts a worker together. */
public final class WorkerApp {
  private WorkerApp() {}

  /**
   * Starts a worker; it runs until it is closed. What is handed in is used, not owned.
   *
   * @param concurrency model calls in flight
   * @param lease how long it may be silent before its jobs are given to others
   * @param traces where the spans of its jobs go
   */
  public static Worker start(
      JobStore store,
      TaskConsumer consumer,
      JobEvents events,
      ModelClient model,
      int concurrency,
      Duration lease,
      Traces traces,
      Clock clock) {
    return Worker.start(
        store,
        consumer,
        events,
        model,
        List.of(new GenerateProcessor(), new ChatProcessor()),
        concurrency,
        lease,
        traces,
        clock);
  }
}
