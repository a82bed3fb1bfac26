package dev.recado.worker;

import dev.recado.worker.execute.Worker;
import dev.recado.worker.execute.WorkerPorts;
import dev.recado.worker.execute.WorkerSettings;
import dev.recado.worker.process.ChatProcessor;
import dev.recado.worker.process.GenerateProcessor;
import java.util.List;

/** Puts a worker together. */
public final class WorkerApp {
  private WorkerApp() {}

  /** Starts a worker for all kinds of jobs there are; it runs until it is closed. */
  public static Worker start(WorkerSettings settings, WorkerPorts ports) {
    return Worker.start(settings, ports, List.of(new GenerateProcessor(), new ChatProcessor()));
  }
}
