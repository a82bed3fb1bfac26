package dev.recado.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** What an earlier run has collected of a batch's results. */
final class CollectedLines {
  private static final int STEP = 8_192;

  private CollectedLines() {}

  /** Cuts off a last line that is not whole; returns the index of the last whole one, or -1. */
  static int lastIndexIn(Path part) throws IOException {
    if (!Files.exists(part)) {
      return -1;
    }
    try (var file = new RandomAccessFile(part.toFile(), "rw")) {
      var end = lineEndBefore(file, file.length());
      file.setLength(end);
      if (end == 0) {
        return -1;
      }
      var start = lineEndBefore(file, end - 1);
      var line = new byte[(int) (end - start)];
      file.seek(start);
      file.readFully(line);
      return JsonMapper.shared().readTree(new String(line, UTF_8)).path("index").asInt();
    }
  }

  /** Behind the last line feed before this place; 0 if there is none. */
  private static long lineEndBefore(RandomAccessFile file, long place) throws IOException {
    var chunk = new byte[STEP];
    for (var end = place; end > 0; ) {
      var start = Math.max(0, end - STEP);
      file.seek(start);
      file.readFully(chunk, 0, (int) (end - start));
      for (var i = (int) (end - start) - 1; i >= 0; i--) {
        if (chunk[i] == '\n') {
          return start + i + 1;
        }
      }
      end = start;
    }
    return 0;
  }
}
