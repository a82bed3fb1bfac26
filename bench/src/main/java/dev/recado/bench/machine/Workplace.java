package dev.recado.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where measurements run: the project, and folders on one disk for all that is measured.
 *
 * @param root the project's folder
 */
public record Workplace(Path root) {
  private static final List<String> FOLDERS =
      List.of("/usr/lib/rabbitmq/bin", "/usr/sbin", "/opt/homebrew/sbin", "/usr/local/sbin");

  /** A new empty folder for one run of one thing. */
  public Path newFolder(String name) {
    try {
      return Files.createTempDirectory(Files.createDirectories(runs()), name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes what runs have left behind: stores that rounds share, and those of a run cut short. */
  public void clear() {
    if (Files.exists(runs())) {
      delete(runs());
    }
  }

  private Path runs() {
    return root.resolve("bench/target/runs");
  }

  /** The folder with the stand-ins of the peers. */
  Path peers() {
    return root.resolve("bench/peers");
  }

  /** Where the jars of RabbitMQ's own load generator lie. */
  Path perfTest() {
    return root.resolve("bench/target/perf-test");
  }

  /** Whether a command is there, on the path or where packages put it. */
  public static boolean has(String command) {
    return Stream.concat(FOLDERS.stream(), Stream.of(System.getenv("PATH").split(":", -1)))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  static Path rabbitProgram(String name) {
    return FOLDERS.stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " is not installed"));
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
