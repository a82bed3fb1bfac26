package dev.recado.e2e.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process holds of the machine's memory, as Linux tells it. */
final class Memory {
  private Memory() {}

  static long residentBytes(long pid) {
    try (var status = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      var line = status.filter(text -> text.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) << 10;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
