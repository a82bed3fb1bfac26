package dev.recado.app;

import dev.recado.app.listen.WebhookListener;
import dev.recado.app.shell.ExitCode;
import dev.recado.app.shell.Shell;
import dev.recado.config.Secret;
import dev.recado.config.Settings;
import dev.recado.config.Variable;
import dev.recado.config.WebhookSettings;
import dev.recado.lifecycle.StopSignal;
import dev.recado.web.webhook.Signer;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes webhooks on this machine and shows them. */
@Command(
    description = "Take webhooks on this machine, check their signatures, print a line for each.",
    footer = {
      "",
      "The secret is RECADO_WEBHOOK_SECRET; without one a new one is made and shown. Ctrl+C ends it.",
      "",
      "Example:",
      "  recado webhook-listen",
      "  recado submit --webhook http://127.0.0.1:8099/ --no-wait \"Say hello\""
    })
final class WebhookListenCommand implements Callable<Integer> {
  private static final int SECRET_BYTES = 32;
  private static final int HIGHEST_PORT = 65_535;

  private final Shell shell;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where to listen; 0 takes a free one (8099).")
  private int port = 8099;

  WebhookListenCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    requirePort();
    var secrets = secrets();
    var stop = StopSignal.install();
    try (var listener =
        WebhookListener.start(port, new Signer(secrets), Clock.systemUTC(), shell.out())) {
      explain(listener.url(), secrets);
      stop.await();
      return ExitCode.OK;
    } catch (IOException e) {
      shell.err().println("recado: cannot listen on port " + port + ": " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private void requirePort() {
    if (port < 0 || port > HIGHEST_PORT) {
      var line = Objects.requireNonNull(spec).commandLine();
      throw new ParameterException(line, "--port must be a number from 0 to " + HIGHEST_PORT + ".");
    }
  }

  private List<Secret> secrets() {
    var name = Variable.RECADO_WEBHOOK_SECRET.name();
    var given = Map.of(name, shell.environment().getOrDefault(name, ""));
    var secrets = Settings.from(given, Settings.Layout.TOGETHER).webhooks().secrets();
    return secrets.isEmpty() ? List.of(newSecret()) : secrets;
  }

  private static Secret newSecret() {
    var bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret(WebhookSettings.PREFIX + Base64.getEncoder().encodeToString(bytes));
  }

  private void explain(String url, List<Secret> secrets) {
    var err = shell.err();
    err.println("Listening on " + url);
    err.println("Start the server with these two, and submit with --webhook " + url);
    err.println(
        isGiven()
            ? "  RECADO_WEBHOOK_SECRET   the same as here"
            : "  RECADO_WEBHOOK_SECRET=" + secrets.getFirst().reveal());
    err.println("  RECADO_WEBHOOK_ALLOW_PRIVATE=true");
  }

  private boolean isGiven() {
    return !shell.environment().getOrDefault(Variable.RECADO_WEBHOOK_SECRET.name(), "").isBlank();
  }
}
