package dev.recado.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A private RabbitMQ node with its usual settings, on free ports and with folders of its own. */
public final class RabbitMq implements AutoCloseable {
  /**
   * A group of processes that ends with its shell's standard input. Erlang's name server would
   * otherwise stay behind as a daemon.
   */
  private static final String GROUP =
      """
      epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 </dev/null &
      "$1" </dev/null &
      cat >/dev/null
      kill -9 0
      """;

  private static final Duration STOP = Duration.ofSeconds(30);

  private final Path folder;
  private final int port = Ports.free();
  private final Program group;

  RabbitMq(Workplace workplace) {
    folder = workplace.newFolder("rabbitmq");
    var server = Workplace.rabbitProgram("rabbitmq-server").toString();
    group =
        Program.start(
            folder, List.of("setsid", "sh", "-c", GROUP, "broker", server), environment());
    group.awaitUntil(this::takesConnections);
  }

  /** Where it is, in the form clients want. */
  public String url() {
    return "amqp://guest:guest@127.0.0.1:" + port;
  }

  /** Its port is open before it serves, so its own log is asked. */
  private boolean takesConnections() {
    try {
      var log = folder.resolve("node.log");
      return Files.exists(log)
          && Files.readString(log).contains("Server startup complete")
          && Ports.isOpen(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> environment() {
    write("enabled_plugins", "[].");
    write("rabbit.config", "[].");
    write("empty", "");
    return Map.ofEntries(
        Map.entry("HOME", folder.toString()),
        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
        Map.entry("ERL_EPMD_PORT", String.valueOf(Ports.free())),
        Map.entry("RABBITMQ_NODENAME", "bench@localhost"),
        Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
        Map.entry("RABBITMQ_NODE_PORT", String.valueOf(port)),
        Map.entry("RABBITMQ_DIST_PORT", String.valueOf(Ports.free())),
        Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString()),
        Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
        Map.entry("RABBITMQ_LOGS", folder.resolve("node.log").toString()),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString()),
        Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbit.config").toString()),
        Map.entry("RABBITMQ_ADVANCED_CONFIG_FILE", folder.resolve("empty").toString()),
        Map.entry("RABBITMQ_CONF_ENV_FILE", folder.resolve("empty").toString()));
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    group.endInput();
    group.awaitEnd(STOP);
    Workplace.delete(folder);
  }
}
