package dev.recado.app;

import dev.recado.app.server.Assembly;
import dev.recado.app.server.Greeting;
import dev.recado.app.server.PortTakenException;
import dev.recado.app.shell.Shell;
import dev.recado.config.Settings;
import dev.recado.web.page.Page;
import picocli.CommandLine.Command;

/** Everything in one process. */
@Command(
    description = "Run everything in one process: page, HTTP interface, worker, job store.",
    footer = {
      "",
      "Examples:",
      "  recado up",
      "  recado up --port 9000 --database-url jdbc:sqlite:/var/lib/recado/recado.db",
      "  HUGGINGFACE_API_KEY=hf_… recado up",
      "  MODEL_URL=http://localhost:11434/v1 MODEL_NAME=llama3.2 recado up"
    })
final class UpCommand extends ServerCommand {
  UpCommand(Shell shell) {
    super(shell, Settings.Layout.TOGETHER, "recado");
  }

  @Override
  void start(Settings settings, Assembly assembly) {
    PortTakenException.throwUnlessFree(settings.listen());
    assembly.startWorker();
    var port = assembly.startWeb(Page.onClassPath(UpCommand.class, "/page"));
    greet(settings, new Greeting(settings, port).lines());
  }
}
