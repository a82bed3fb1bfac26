package dev.recado.app;

import dev.recado.app.client.ServerException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has a running server start jobs again. */
@Command(
    name = "resume",
    description = "Start jobs again after pause.",
    footer = {
      "",
      "Where the server asks for RECADO_ADMIN_TOKEN, or is not on this machine, set that variable",
      "here as well.",
      "",
      "Example:",
      "  recado resume"
    })
final class ResumeCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final ServerOption server = new ServerOption();

  ResumeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws ServerException, InterruptedException {
    try (var client = server.operator(shell.environment())) {
      client.resume();
      shell.out().println("resumed: jobs are started");
      return ExitCode.OK;
    }
  }
}
