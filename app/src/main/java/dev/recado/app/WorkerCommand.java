package dev.recado.app;

import dev.recado.config.Settings;
import picocli.CommandLine.Command;

/** A worker alone. */
@Command(
    name = "worker",
    description = "Run a worker alone; start as many as you like on the host of the job store.",
    footer = {
      "",
      "Needs a broker: RABBITMQ_URL, or RABBITMQ_HOST, RABBITMQ_USER and RABBITMQ_PASSWORD.",
      "",
      "Example:",
      "  RABBITMQ_URL=amqp://localhost HUGGINGFACE_API_KEY=hf_… recado worker"
    })
final class WorkerCommand extends ServerCommand {
  WorkerCommand(Shell shell) {
    super(shell, Settings.Layout.APART);
  }

  @Override
  void start(Settings settings, Assembly assembly) {
    assembly.startSweeper();
    assembly.startWorker();
    shell.err().println("worker is ready, model " + Greeting.model(settings));
  }
}
