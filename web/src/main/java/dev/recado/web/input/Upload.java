package dev.recado.web.input;

import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;

/**
 * A large body, received whole before anybody looks at it. It is kept in a file without a name, for
 * its owner only, that is gone with this process however it ends. For one thread.
 */
public final class Upload implements AutoCloseable {
  private static final int CHUNK = 64 << 10;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final FileChannel file;

  private Upload(FileChannel file) {
    this.file = file;
  }

  /** Receives the body of a request; throws the problem if it cannot be received. */
  public static Upload receive(HttpServletRequest request, Path folder) throws IOException {
    if (request.getContentLengthLong() > Limits.BATCH_BYTES) {
      throw tooLarge();
    }
    var upload = new Upload(nameless(folder));
    try {
      upload.copy(request);
      return upload;
    } catch (RuntimeException | IOException e) {
      upload.close();
      throw e;
    }
  }

  private static FileChannel nameless(Path folder) throws IOException {
    var path = Files.createTempFile(folder, ".upload-", null);
    try {
      return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(path);
    }
  }

  private void copy(HttpServletRequest request) throws IOException {
    var chunk = new byte[CHUNK];
    try (var in = new Incoming(request, Upload::timeFor)) {
      for (var read = 0; read >= 0; read = in.read(chunk, 0, CHUNK)) {
        if (file.size() + read > Limits.BATCH_BYTES) {
          throw tooLarge();
        }
        file.write(ByteBuffer.wrap(chunk, 0, read));
      }
    }
    if (file.size() < request.getContentLengthLong()) {
      throw Problems.unreadableBody().asException();
    }
  }

  /** Places for receiving are few, and whoever sends a byte now and then would keep one. */
  private static Duration timeFor(long bytes) {
    var atPace = Duration.ofSeconds(bytes / Limits.BATCH_BYTES_PER_SECOND);
    var longer = atPace.compareTo(Limits.BATCH_START) > 0 ? atPace : Limits.BATCH_START;
    return longer.compareTo(Limits.BATCH_TIME) > 0 ? Limits.BATCH_TIME : longer;
  }

  private static RuntimeException tooLarge() {
    return Problems.payloadTooLarge(Limits.BATCH_BYTES).asException();
  }

  /** Where it begins, after a byte order mark if there is one. */
  long start() throws IOException {
    var first = new byte[BYTE_ORDER_MARK.length];
    var buffer = ByteBuffer.wrap(first);
    while (buffer.hasRemaining() && file.read(buffer, buffer.position()) > 0) {}
    return Arrays.equals(first, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  }

  /** All of it from there on, for one reader at a time; closing it changes nothing. */
  InputStream from(long position) throws IOException {
    return new FilterInputStream(Channels.newInputStream(file.position(position))) {
      @Override
      public void close() {} // without a name, the file could not be opened again
    };
  }

  /** The bytes of one part. */
  byte[] part(long from, int length) throws IOException {
    var part = ByteBuffer.allocate(length);
    while (part.hasRemaining() && file.read(part, from + part.position()) > 0) {}
    return part.array();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
