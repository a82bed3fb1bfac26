package dev.recado.bench.machine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one call after the other from a connection, each of at most 16 kB and with its length told.
 * It looks at a call as a whole and not character by character: it shares the machine with what is
 * measured. For one thread.
 */
final class CallReader {
  private static final Pattern LENGTH = Pattern.compile("[Cc]ontent-[Ll]ength: *([0-9]+)");

  private final InputStream in;
  private final byte[] bytes = new byte[16 << 10];
  private int count;

  CallReader(InputStream in) {
    this.in = in;
  }

  /** The next call, head and body; null at the end of the connection. */
  @Nullable String next() throws IOException {
    while (true) {
      var call = new String(bytes, 0, count, ISO_8859_1);
      var end = end(call);
      if (end >= 0 && end <= count) {
        System.arraycopy(bytes, end, bytes, 0, count - end);
        count -= end;
        return call.substring(0, end);
      }
      var read = in.read(bytes, count, bytes.length - count);
      if (read <= 0) {
        return null;
      }
      count += read;
    }
  }

  private static int end(String call) throws IOException {
    var emptyLine = call.indexOf("\r\n\r\n");
    if (emptyLine < 0) {
      return -1;
    }
    var length = LENGTH.matcher(call).region(0, emptyLine);
    if (!length.find()) {
      throw new IOException("a call without Content-Length");
    }
    return emptyLine + 4 + Integer.parseInt(length.group(1));
  }
}
