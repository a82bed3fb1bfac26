package dev.recado.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What {@code ./recado} has made after each build so that a start takes half the time. Made here by
 * the first test that starts the packaged program, and good for as long as the jar is the same.
 */
final class QuickStart {
  private static final int SECONDS_TO_MAKE = 120;

  private final Path jar;
  private final Path cache;
  private final Path libraries;

  /** For starts of this jar. */
  QuickStart(Path jar) {
    var folder = Project.root().resolve("e2e/target/quick-start");
    this.jar = jar;
    this.cache = folder.resolve("recado.aot");
    this.libraries = folder.resolve("libraries");
  }

  /** The options to start it with. */
  List<String> options() {
    try {
      if (!isMade()) {
        make();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return List.of(
        "-XX:AOTCache=" + cache,
        "-Xlog:aot=off",
        "-Xlog:cds=off",
        "-Dorg.sqlite.lib.path=" + libraries);
  }

  private boolean isMade() throws IOException {
    return Files.exists(cache)
        && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  // Beside its place first: who is killed meanwhile leaves nothing that looks like a cache.
  private void make() throws IOException, InterruptedException {
    Files.createDirectories(libraries);
    var made = cache.resolveSibling("recado-%d.aot".formatted(ProcessHandle.current().pid()));
    var log = cache.resolveSibling("making.log");
    var training = train(made, log);
    if (!training.waitFor(SECONDS_TO_MAKE, TimeUnit.SECONDS) || training.exitValue() != 0) {
      training.destroyForcibly();
      throw new IllegalStateException("No start could be prepared:\n" + Files.readString(log));
    }
    Files.move(made, cache, StandardCopyOption.ATOMIC_MOVE);
  }

  private Process train(Path made, Path log) throws IOException {
    var output = "-XX:AOTCacheOutput=" + made;
    return new ProcessBuilder(
            Project.java(), output, "-jar", jar.toString(), "train", libraries.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
