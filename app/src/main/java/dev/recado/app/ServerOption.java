package dev.recado.app;

import dev.recado.app.client.RecadoClient;
import dev.recado.config.Settings;
import dev.recado.config.Variable;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which server a command talks to. */
final class ServerOption {
  @Spec(Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server. Default: RECADO_URL, else http://127.0.0.1:8080.")
  private @Nullable String given;

  URI url(Map<String, String> environment) {
    var text = given != null ? given : fromEnvironment(environment);
    try {
      var url = URI.create(text.strip().replaceAll("/+$", ""));
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException notAUrl) {
      // told below
    }
    throw wrong(text);
  }

  /** A client that may do what operators may. */
  RecadoClient operator(Map<String, String> environment) {
    var name = Variable.RECADO_ADMIN_TOKEN.name();
    var given = Map.of(name, environment.getOrDefault(name, ""));
    var access = Settings.from(given, Settings.Layout.TOGETHER).access();
    return new RecadoClient(url(environment), access.adminToken());
  }

  private static String fromEnvironment(Map<String, String> environment) {
    var text = environment.getOrDefault(Variable.RECADO_URL.name(), "");
    return text.isBlank() ? Variable.RECADO_URL.example() : text;
  }

  private RuntimeException wrong(String text) {
    var message = "Not the URL of a server: " + text + " (for example http://127.0.0.1:8080)";
    return command == null
        ? new IllegalStateException(message)
        : new ParameterException(command.commandLine(), message);
  }
}
