package dev.recado.app;

import dev.recado.app.server.Assembly;
import dev.recado.app.server.Greeting;
import dev.recado.app.server.PortTakenException;
import dev.recado.app.shell.Shell;
import dev.recado.config.Settings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A worker alone. */
@Command(
    description = "Run a worker alone; start as many as you like on the host of the job store.",
    footer = {
      "",
      "Needs a broker: RABBITMQ_URL, or RABBITMQ_HOST, RABBITMQ_USER and RABBITMQ_PASSWORD.",
      "",
      "Example:",
      "  RABBITMQ_URL=amqp://localhost HUGGINGFACE_API_KEY=hf_… recado worker"
    })
final class WorkerCommand extends ServerCommand {
  @Option(
      names = "--alive-file",
      paramLabel = "FILE",
      description =
          "Touch this file every 2 s while the worker holds its lease, for health checks.")
  private @Nullable Path aliveFile;

  WorkerCommand(Shell shell) {
    super(shell, Settings.Layout.WORKER, "recado-worker");
  }

  @Override
  void start(Settings settings, Assembly assembly) {
    settings
        .metrics()
        .ifPresent(listen -> PortTakenException.throwUnlessFree(listen, "--metrics-port"));
    assembly.startSweeper();
    var worker = assembly.startWorker();
    if (aliveFile != null) {
      assembly.showAlive(aliveFile, worker);
    }
    assembly.showMetrics();
    greet(settings, List.of("worker is ready, model " + Greeting.model(settings)));
  }
}
