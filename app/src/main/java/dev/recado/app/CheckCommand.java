package dev.recado.app;

import dev.recado.app.check.BrokerCheck;
import dev.recado.app.check.Finding;
import dev.recado.app.check.ModelCheck;
import dev.recado.app.check.PageCheck;
import dev.recado.app.check.StoreCheck;
import dev.recado.app.server.EffectiveSettings;
import dev.recado.app.server.Greeting;
import dev.recado.app.server.Models;
import dev.recado.app.shell.ExitCode;
import dev.recado.app.shell.Shell;
import dev.recado.config.ModelSettings;
import dev.recado.config.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the settings in effect and tests every connection they name. */
@Command(
    description = "Show the settings in effect, test store, broker, model server and page.",
    footer = {
      "",
      "Secrets are not shown. Nothing is paid for: the model server is asked for its list of models.",
      "Exit codes: 0 all is well, 1 something will not work, 2 the settings can not be used.",
      "",
      "Example:",
      "  MODEL_URL=http://localhost:11434/v1 MODEL_NAME=llama3.2 recado check"
    })
final class CheckCommand implements Callable<Integer> {
  private final Shell shell;
  private int troubles;

  @Mixin private final SettingsOptions options = new SettingsOptions();

  CheckCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    var settings = options.settings(shell.environment(), Settings.Layout.TOGETHER);
    shell.out().println("Settings");
    EffectiveSettings.of(settings)
        .forEach((name, value) -> shell.out().printf("  %-29s %s%n", name, value));

    shell.out().println("Checks");
    report("store", new StoreCheck(settings.databaseUrl()).run());
    report("broker", broker(settings));
    report("model", model(settings));
    report("page", new PageCheck(settings.listen().url()).run());
    return troubles == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private static Finding broker(Settings settings) throws InterruptedException {
    return settings.broker().isPresent()
        ? new BrokerCheck(settings.broker().get()).run()
        : new Finding.Fine(Greeting.broker(settings.broker()));
  }

  private static Finding model(Settings settings) throws InterruptedException {
    return switch (settings.model()) {
      case ModelSettings.Echo _ -> new Finding.Fine("echo: no real model, needs no server");
      case ModelSettings.Server server -> {
        try (var client = Models.client(settings, 1)) {
          yield new ModelCheck(server, client.describe()).run();
        }
      }
    };
  }

  private void report(String what, Finding finding) {
    var verdict =
        switch (finding) {
          case Finding.Fine _ -> "ok";
          case Finding.Trouble _ -> {
            troubles++;
            yield "PROBLEM";
          }
        };
    shell.out().printf("  %-8s %-7s %s%n", verdict, what, finding.text());
  }
}
