package dev.recado.app;

import dev.recado.app.client.ServerException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has a running server start no more jobs. */
@Command(
    name = "pause",
    description = "Start no more jobs until resume; those that run go on, new ones are accepted.",
    footer = {
      "",
      "It holds for all workers, and after restarts. Where the server asks for RECADO_ADMIN_TOKEN,",
      "or is not on this machine, set that variable here as well.",
      "",
      "Example:",
      "  recado pause && recado status"
    })
final class PauseCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final ServerOption server = new ServerOption();

  PauseCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws ServerException, InterruptedException {
    try (var client = server.operator(shell.environment())) {
      client.pause();
      shell.out().println("paused: no job is started until recado resume");
      return ExitCode.OK;
    }
  }
}
