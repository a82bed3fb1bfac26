package dev.recado.e2e.nginx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What processes have open, as Linux tells it; also files that have lost their names. */
final class OpenFiles {
  private OpenFiles() {}

  /** A file, under the name it has or had, and how long it is. */
  record OpenFile(String path, long bytes) {}

  static List<OpenFile> of(long pid) throws IOException {
    var files = new ArrayList<OpenFile>();
    try (var links = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "fd"))) {
      for (var link : links) {
        add(link, files);
      }
    }
    return files;
  }

  private static void add(Path link, List<OpenFile> files) {
    try {
      files.add(new OpenFile(Files.readSymbolicLink(link).toString(), Files.size(link)));
    } catch (IOException closedMeanwhile) {
      return; // it is not open any more
    }
  }
}
