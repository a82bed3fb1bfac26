package dev.recado.app;

import dev.recado.app.client.RecadoClient;
import dev.recado.app.client.ServerException;
import dev.recado.app.shell.ExitCode;
import dev.recado.app.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** Has a running server do what only operators may ask for. */
abstract class OperatorCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final ServerOption server = new ServerOption();

  OperatorCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws ServerException, InterruptedException {
    try (var client = server.operator(shell.environment())) {
      steer(client);
      return ExitCode.OK;
    }
  }

  /** Does it, and says so. */
  abstract void steer(RecadoClient client) throws ServerException, InterruptedException;

  void say(String words) {
    shell.out().println(words);
  }
}
