package dev.recado.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process holds of the machine, as Linux tells it.
 *
 * @param threads of the operating system
 * @param megabytes resident in memory
 */
public record ProcessUse(int threads, int megabytes) {
  /** Of this moment. */
  public static ProcessUse of(RecadoProcess process) {
    try {
      var lines = Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"));
      return new ProcessUse(number(lines, "Threads:"), number(lines, "VmRSS:") >> 10);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> Integer.parseInt(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
