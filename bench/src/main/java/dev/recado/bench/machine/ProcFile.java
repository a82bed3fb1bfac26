package dev.recado.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One of Linux's files about a process; empty on other systems. */
record ProcFile(String text) {

  static ProcFile of(ProcessHandle process, String name) {
    try {
      return new ProcFile(Files.readString(Path.of("/proc", String.valueOf(process.pid()), name)));
    } catch (IOException _) {
      return new ProcFile("");
    }
  }

  /** The number after a name; 0 if there is none. */
  long number(String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }
}
