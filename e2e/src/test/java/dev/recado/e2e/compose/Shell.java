package dev.recado.e2e.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands in one folder with some more environment, each within a bound. */
record Shell(Path folder, Map<String, String> environment) {
  /** How a command ended, and all it printed. */
  record Outcome(int exitCode, String output) {}

  /** Runs it and returns what it printed; a failure or a timeout fails the test with the same. */
  String run(Duration bound, String... command) {
    var outcome = attempt(bound, command);
    if (outcome.exitCode() != 0) {
      throw new AssertionError(
          "%s ended with %d:%n%s"
              .formatted(List.of(command), outcome.exitCode(), outcome.output()));
    }
    return outcome.output();
  }

  /** Runs it, however it ends; one that cannot be started or does not end has a negative code. */
  Outcome attempt(Duration bound, String... command) {
    try {
      var output = Files.createTempFile("command-", ".log");
      var builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().putAll(environment);
      var process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      var ended = process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      var printed = Files.readString(output);
      Files.delete(output);
      return new Outcome(ended ? process.exitValue() : -1, printed);
    } catch (IOException e) {
      return new Outcome(-1, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
