package dev.recado.testing;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that a private broker keeps on disk, and the commands that are run on it. */
final class BrokerFolder {
  // Not the ones on the PATH, which change to another user and so to another home.
  private static final List<Path> PROGRAMS =
      List.of(
          Path.of("/usr/lib/rabbitmq/bin"),
          Path.of("/opt/homebrew/sbin"),
          Path.of("/usr/local/sbin"));

  /**
   * A group of processes that ends with its shell's standard input, so with the JVM that holds the
   * other end of it, or with the server. The name server of Erlang would otherwise stay behind as a
   * daemon.
   */
  private static final String GROUP =
      """
      epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 </dev/null &
      { "$1" </dev/null; kill -9 0; } &
      cat >/dev/null
      kill -9 0
      """;

  private static final int CTL_SECONDS = 60;

  private final Path path;
  private final int port = FreePort.next();
  private final Map<String, String> environment;

  BrokerFolder() {
    try {
      path = Files.createTempDirectory("recado-broker-");
      Files.writeString(path.resolve("enabled_plugins"), "[].");
      Files.writeString(path.resolve("empty"), "");
      Files.writeString(path.resolve("rabbit.config"), "[].");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment = environment();
  }

  static Optional<Path> findServer() {
    return PROGRAMS.stream()
        .filter(at -> Files.isExecutable(at.resolve("rabbitmq-server")))
        .findFirst();
  }

  Path path() {
    return path;
  }

  int port() {
    return port;
  }

  Process launch() {
    return run(
        List.of("setsid", "sh", "-c", GROUP, "broker", program("rabbitmq-server")), "console");
  }

  String ctl(List<String> command) {
    var line = new ArrayList<>(List.of(program("rabbitmqctl"), "--quiet"));
    line.addAll(command);
    var ctl = run(line, "ctl");
    try {
      if (!ctl.waitFor(CTL_SECONDS, SECONDS)) {
        ctl.destroyForcibly();
        throw new IllegalStateException(command + " does not end");
      }
      var output = Files.readString(path.resolve("ctl"));
      if (ctl.exitValue() != 0) {
        throw new IllegalStateException(command + " failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What the server has said. */
  String log() {
    try {
      var node = path.resolve("node.log");
      return Files.readString(path.resolve("console"))
          + (Files.exists(node) ? Files.readString(node) : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void wipe() {
    delete(path.resolve("mnesia"));
  }

  void delete() {
    delete(path);
  }

  private Process run(List<String> command, String output) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(path.resolve(output).toFile());
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("HOME", path.toString()),
        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
        Map.entry("ERL_EPMD_PORT", String.valueOf(FreePort.next())),
        Map.entry("RABBITMQ_NODENAME", "recado@localhost"),
        Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
        Map.entry("RABBITMQ_NODE_PORT", String.valueOf(port)),
        Map.entry("RABBITMQ_DIST_PORT", String.valueOf(FreePort.next())),
        Map.entry("RABBITMQ_MNESIA_BASE", path.resolve("mnesia").toString()),
        Map.entry("RABBITMQ_LOG_BASE", path.resolve("log").toString()),
        Map.entry("RABBITMQ_LOGS", path.resolve("node.log").toString()),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", path.resolve("enabled_plugins").toString()),
        Map.entry("RABBITMQ_CONFIG_FILE", path.resolve("rabbit.config").toString()),
        Map.entry("RABBITMQ_ADVANCED_CONFIG_FILE", path.resolve("empty").toString()),
        Map.entry("RABBITMQ_CONF_ENV_FILE", path.resolve("empty").toString()),
        Map.entry(
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
            "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none"));
  }

  private static String program(String name) {
    return findServer()
        .orElseThrow(() -> new IllegalStateException("rabbitmq-server is not installed"))
        .resolve(name)
        .toString();
  }

  private static void delete(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
