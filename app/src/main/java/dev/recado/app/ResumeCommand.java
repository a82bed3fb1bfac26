package dev.recado.app;

import dev.recado.app.client.RecadoClient;
import dev.recado.app.client.ServerException;
import dev.recado.app.shell.Shell;
import picocli.CommandLine.Command;

/** Has a running server start jobs again. */
@Command(
    description = "Start jobs again after pause.",
    footer = {
      "",
      "Where the server asks for RECADO_ADMIN_TOKEN, or is not on this machine, set that variable",
      "here as well.",
      "",
      "Example:",
      "  recado resume"
    })
final class ResumeCommand extends OperatorCommand {
  ResumeCommand(Shell shell) {
    super(shell);
  }

  @Override
  void steer(RecadoClient client) throws ServerException, InterruptedException {
    client.resume();
    say("resumed: jobs are started");
  }
}
