package dev.recado.app.submit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import tools.jackson.databind.json.JsonMapper;

/** What has been collected of a batch's results, in a file that one run at a time may write. */
// The lock is the process's, not the channel's: the file must be opened nowhere else here, as the
// first that is closed gives the lock away.
final class CollectedLines implements AutoCloseable {
  private static final int STEP = 8_192;
  private static final String PURGED = "result_purged";

  private final Path part;
  private final FileChannel file;

  private CollectedLines(Path part, FileChannel file) {
    this.part = part;
    this.file = file;
  }

  /** Those in this file, until they are closed; throws while another run has them. */
  static CollectedLines in(Path part) throws IOException {
    var file =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (file.tryLock() == null) {
      file.close();
      throw new IOException("another run is collecting this batch");
    }
    return new CollectedLines(part, file);
  }

  /** Cuts off a last line that is not whole; returns the index of the last whole one, or -1. */
  int lastIndex() throws IOException {
    var end = lineEndBefore(file.size());
    file.truncate(end);
    if (end == 0) {
      return -1;
    }
    var line = read(lineEndBefore(end - 1), end);
    return JsonMapper.shared().readTree(new String(line, UTF_8)).path("index").asInt();
  }

  /** Takes what comes behind them. */
  OutputStream end() throws IOException {
    return Channels.newOutputStream(file.position(file.size()));
  }

  /** Gives the file, which is whole now, its name. */
  void name(Path results) throws IOException {
    file.force(true);
    Files.move(part, results, StandardCopyOption.ATOMIC_MOVE);
  }

  /** How many of these results tell that they have been erased. */
  static long purgedIn(Path results) throws IOException {
    try (var lines = Files.lines(results)) {
      return lines.filter(CollectedLines::isPurged).count();
    }
  }

  // A text may speak of it as well, so that the line is read; most need not be.
  private static boolean isPurged(String line) {
    return line.contains(PURGED)
        && JsonMapper.shared().readTree(line).at("/error/code").asString("").equals(PURGED);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Behind the last line feed before this place; 0 if there is none. */
  private long lineEndBefore(long place) throws IOException {
    for (var end = place; end > 0; ) {
      var start = Math.max(0, end - STEP);
      var chunk = read(start, end);
      for (var i = chunk.length - 1; i >= 0; i--) {
        if (chunk[i] == '\n') {
          return start + i + 1;
        }
      }
      end = start;
    }
    return 0;
  }

  private byte[] read(long start, long end) throws IOException {
    var bytes = ByteBuffer.allocate((int) (end - start));
    while (bytes.hasRemaining()) {
      if (file.read(bytes, start + bytes.position()) < 0) {
        throw new IOException(part + " has become shorter");
      }
    }
    return bytes.array();
  }
}
