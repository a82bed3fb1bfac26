package dev.recado.e2e.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Runs other people's programs to their end. */
final class Program {
  private static final int PATIENCE_SECONDS = 120;

  private Program() {}

  static boolean isThere(String command) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
  }

  /** What it printed; it must end well. */
  static String run(Path folder, Object... command) {
    var out = folder.resolve("program.out");
    assertThat(exitOf(folder, out, command)).as(() -> read(out)).isZero();
    return read(out);
  }

  static int exitOf(Path folder, Path out, Object... command) {
    try {
      var process =
          new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still runs after " + PATIENCE_SECONDS + " s");
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
