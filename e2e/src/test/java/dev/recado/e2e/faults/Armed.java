package dev.recado.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.recado.e2e.faults.agent.Blow;
import dev.recado.e2e.faults.agent.FailPointAgent;
import dev.recado.e2e.faults.agent.Orders;
import dev.recado.lifecycle.FailPoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * What a process is started with so that it can be struck at its failpoints, and the place where it
 * is told to suffer. For one process.
 */
final class Armed {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Path folder;
  private final Path jar;

  private Armed(Path folder, Path jar) {
    this.folder = folder;
    this.jar = jar;
  }

  /** Puts the agent into a new folder in there. */
  static Armed in(Path parent) {
    try {
      var folder = Files.createTempDirectory(parent, "failpoints-");
      return new Armed(folder, agentJar(folder.resolve("agent.jar")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The option of the JVM. */
  String option() {
    return "-javaagent:" + jar + "=" + folder;
  }

  /** The same as an environment that any JVM heeds. */
  Map<String, String> environment() {
    return Map.of("JAVA_TOOL_OPTIONS", option());
  }

  /** From now on, the next thread that reaches this point is struck. */
  void arm(FailPoint point, Blow blow) {
    try {
      // moved into place, so that nobody reads half an order
      var order = Files.writeString(folder.resolve("order"), blow.name());
      Files.move(order, folder.resolve(point.name()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A point that is not reached proves nothing: that fails the test. */
  void awaitReached(FailPoint point) {
    await(point + " is reached")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !Files.exists(folder.resolve(point.name())));
  }

  private static Path agentJar(Path jar) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", FailPointAgent.class.getName());
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (var type : agentClasses()) {
        var entry = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (InputStream bytes = Armed.class.getResourceAsStream("/" + entry)) {
          Objects.requireNonNull(bytes, entry).transferTo(out);
        }
      }
    }
    return jar;
  }

  private static List<Class<?>> agentClasses() {
    var classes = new ArrayList<Class<?>>(List.of(FailPointAgent.class, Orders.class, Blow.class));
    classes.addAll(List.of(Blow.class.getDeclaredClasses()));
    return classes;
  }
}
