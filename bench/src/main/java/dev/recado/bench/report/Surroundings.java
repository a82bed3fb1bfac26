package dev.recado.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a figure means nothing without: when, on what, of which commit, by which command. */
public record Surroundings(Path root, String command, int rounds) {

  /** All of it in one line. */
  public String line() {
    return "%s; %s, %d cores, %s %s, Java %s; commit %s; `%s`; medians of %d round%s.\n"
        .formatted(
            Instant.now().truncatedTo(ChronoUnit.MINUTES),
            processor(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            commit(),
            command,
            rounds,
            rounds == 1 ? "" : "s");
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException _) {
      return System.getProperty("os.arch");
    }
  }

  private String commit() {
    try {
      var git =
          new ProcessBuilder("git", "describe", "--always", "--dirty")
              .directory(root.toFile())
              .start();
      var said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return said.isEmpty() ? "unknown" : said;
    } catch (IOException _) {
      return "unknown";
    }
  }
}
