package dev.recado.app;

import dev.recado.app.server.Assembly;
import dev.recado.app.server.Greeting;
import dev.recado.app.server.PortTakenException;
import dev.recado.app.shell.Shell;
import dev.recado.config.Settings;
import dev.recado.web.page.Page;
import java.util.List;
import picocli.CommandLine.Command;

/** The HTTP interface alone. */
@Command(
    description = "Run the HTTP interface alone; workers are other processes.",
    footer = {
      "",
      "Needs a broker: RABBITMQ_URL, or RABBITMQ_HOST, RABBITMQ_USER and RABBITMQ_PASSWORD.",
      "",
      "Example:",
      "  RABBITMQ_URL=amqp://localhost recado web"
    })
final class WebCommand extends ServerCommand {
  WebCommand(Shell shell) {
    super(shell, Settings.Layout.WEB, "recado-web");
  }

  @Override
  void start(Settings settings, Assembly assembly) {
    PortTakenException.throwUnlessFree(settings.listen());
    var port = assembly.startWeb(Page.none());
    greet(settings, List.of("web is ready on " + Greeting.url(settings, port)));
  }
}
