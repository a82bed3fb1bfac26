package dev.recado.app.server;

import dev.recado.app.shell.Version;
import dev.recado.config.BrokerSettings;
import dev.recado.config.HostAndPort;
import dev.recado.config.ModelSettings;
import dev.recado.config.Settings;
import java.util.List;
import java.util.Optional;

/**
 * What somebody who has just started Recado wants to know.
 *
 * @param settings what it was started with
 * @param port the port it really listens on
 */
public record Greeting(Settings settings, int port) {
  /** All of it. */
  public List<String> lines() {
    return List.of(
        "Recado " + Version.text() + " is ready.",
        "  page    " + url(settings, port),
        "  model   " + model(settings),
        "  store   " + store(settings),
        "  broker  " + broker(settings.broker()),
        "  stop    Ctrl+C");
  }

  /** Where this machine finds the page. */
  public static String url(Settings settings, int port) {
    return new HostAndPort(settings.listen().host(), port).url() + "/";
  }

  /** Which model answers. */
  public static String model(Settings settings) {
    return switch (settings.model()) {
      case ModelSettings.Echo _ ->
          "echo: NO real model. It repeats what it is told; set HUGGINGFACE_API_KEY or MODEL_URL for one";
      case ModelSettings.Server server -> server.name() + " at " + server.baseUrl();
    };
  }

  /** The file, whole, as jobs seem lost to who starts it from another folder. */
  private static String store(Settings settings) {
    return settings.databaseUrl().file().normalize().toString();
  }

  /** How web and worker reach each other. */
  public static String broker(Optional<BrokerSettings> broker) {
    return broker.map(BrokerSettings::describe).orElse("none needed, all in this process");
  }
}
