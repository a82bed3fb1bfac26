package dev.recado.app;

import dev.recado.app.client.RecadoClient;
import dev.recado.app.client.ServerException;
import dev.recado.app.shell.Shell;
import picocli.CommandLine.Command;

/** Has a running server start no more jobs. */
@Command(
    description = "Start no more jobs until resume; those that run go on, new ones are accepted.",
    footer = {
      "",
      "It holds for all workers, and after restarts. Where the server asks for RECADO_ADMIN_TOKEN,",
      "or is not on this machine, set that variable here as well.",
      "",
      "Example:",
      "  recado pause && recado status"
    })
final class PauseCommand extends OperatorCommand {
  PauseCommand(Shell shell) {
    super(shell);
  }

  @Override
  void steer(RecadoClient client) throws ServerException, InterruptedException {
    client.pause();
    say("paused: no job is started until recado resume");
  }
}
