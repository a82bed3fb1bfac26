package dev.recado.e2e.compose;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Project;
import dev.recado.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stack of docker-compose.yml under a project name, image tag and ports of its own, so that one
 * that is running already is not disturbed. Built from a copy of what git knows: what a fresh clone
 * would hold.
 */
final class ComposeStack implements AutoCloseable {
  private static final Duration BUILD_AND_START = Duration.ofMinutes(8);
  private static final Duration COMMAND = Duration.ofMinutes(2);
  private static final String TAG = "e2e";

  private final int port = FreePort.next();
  private final int prometheusPort = FreePort.next();
  private final String name = "recado-e2e-" + port;
  private final Shell shell;

  private ComposeStack(Path clone) {
    shell =
        new Shell(
            clone,
            Map.of(
                "RECADO_HTTP_PORT", String.valueOf(port),
                "RABBITMQ_CONSOLE_PORT", String.valueOf(FreePort.next()),
                "PROMETHEUS_PORT", String.valueOf(prometheusPort),
                "PROMETHEUS_IMAGE", "prom/prometheus:latest",
                "RECADO_TAG", TAG));
  }

  /** Builds the images and starts everything; skips the test where no engine answers. */
  static ComposeStack up(Path folder) {
    var here = new Shell(folder, Map.of());
    var engine = here.attempt(Duration.ofSeconds(10), "docker", "info");
    assumeTrue(engine.exitCode() == 0, "no Docker engine answers");
    var stack = new ComposeStack(freshCopy(folder));
    try {
      stack.compose(BUILD_AND_START, "up", "--build", "--detach", "--wait");
      return stack;
    } catch (AssertionError e) {
      System.out.println(stack.compose("logs", "--no-color"));
      stack.close();
      throw e;
    }
  }

  /** What git has, with changes that are not committed yet, and without any .env. */
  private static Path freshCopy(Path folder) {
    try {
      var copy = Files.createDirectory(folder.resolve("clone"));
      var git = new Shell(folder, Map.of("GIT_DIR", gitDir()));
      var root = new Shell(Project.root(), Map.of());
      var changed = root.run(COMMAND, "git", "stash", "create").strip();
      var tar = folder.resolve("clone.tar").toString();
      git.run(COMMAND, "git", "archive", "--output", tar, changed.isEmpty() ? "HEAD" : changed);
      git.run(COMMAND, "tar", "-xf", tar, "-C", copy.toString());
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String gitDir() {
    var root = new Shell(Project.root(), Map.of());
    return root.run(COMMAND, "git", "rev-parse", "--absolute-git-dir").strip();
  }

  ApiClient client() {
    return new ApiClient(uri());
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  int port() {
    return port;
  }

  /** Where Prometheus answers, once it was started. */
  URI prometheus() {
    return URI.create("http://127.0.0.1:" + prometheusPort);
  }

  int consolePort() {
    return Integer.parseInt(shell.environment().get("RABBITMQ_CONSOLE_PORT"));
  }

  /** Runs docker compose in the copy. */
  String compose(String... arguments) {
    return compose(COMMAND, arguments);
  }

  private String compose(Duration bound, String... arguments) {
    var command = new ArrayList<>(List.of("docker", "compose", "-p", name));
    command.addAll(List.of(arguments));
    return shell.run(bound, command.toArray(String[]::new));
  }

  /** What the file means, with these variables set. */
  JsonNode config(Map<String, String> variables) {
    var environment = new HashMap<>(shell.environment());
    environment.putAll(variables);
    var config =
        new Shell(shell.folder(), environment)
            .run(COMMAND, "docker", "compose", "config", "--format", "json");
    return JsonMapper.shared().readTree(config);
  }

  /** The engine's own description of every container of a service. */
  List<JsonNode> containers(String service) {
    var all = compose("--profile", "observability", "ps", "--all", "--quiet", service);
    var ids = all.strip().lines().toList();
    return ids.stream().map(this::inspect).toList();
  }

  private JsonNode inspect(String id) {
    return JsonMapper.shared().readTree(shell.run(COMMAND, "docker", "inspect", id)).get(0);
  }

  /** What is left of it in the engine. */
  String volumes() {
    return shell.run(COMMAND, "docker", "volume", "ls", "--quiet", "--filter", "name=" + name);
  }

  @Override
  public void close() {
    compose("--profile", "observability", "down", "--volumes", "--timeout", "40");
    shell.attempt(COMMAND, "docker", "image", "rm", "recado:" + TAG, "recado-edge:" + TAG);
  }
}
