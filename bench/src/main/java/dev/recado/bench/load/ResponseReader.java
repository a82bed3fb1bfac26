package dev.recado.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Puts an answer together from the pieces in which it arrives. It knows as much of HTTP as the
 * measured servers speak: a status line, and a body whose length is told. Not thread-safe.
 */
final class ResponseReader {
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *([0-9]+)");
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private byte[] bytes = new byte[2048];
  private int count;
  private int bodyAt;
  private int end;
  private int status;

  /** Makes ready for the next answer. */
  void reset() {
    count = 0;
    bodyAt = 0;
  }

  /**
   * Takes all of a piece.
   *
   * @return whether the answer is complete now
   */
  boolean take(ByteBuffer piece) throws IOException {
    append(piece);
    if (bodyAt == 0) {
      readHead();
    }
    if (bodyAt > 0 && count > end) {
      throw new IOException("the server sent more than one answer to one request");
    }
    return bodyAt > 0 && count == end;
  }

  private void append(ByteBuffer piece) {
    var length = piece.remaining();
    if (count + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, count + length));
    }
    piece.get(bytes, count, length);
    count += length;
  }

  private void readHead() throws IOException {
    var emptyLine = emptyLine();
    if (emptyLine < 0) {
      return;
    }
    var head = new String(bytes, 0, emptyLine, ISO_8859_1);
    status = Integer.parseInt(head, STATUS_AT, STATUS_AT + 3, 10);
    bodyAt = emptyLine + 4;
    end = bodyAt + bodyLength(head);
  }

  private int emptyLine() {
    for (var i = 0; i + 3 < count; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private int bodyLength(String head) throws IOException {
    var length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
    if (length.find()) {
      return Integer.parseInt(length.group(1));
    }
    if (status == 204 || status == 304) {
      return 0;
    }
    throw new IOException("an answer without Content-Length: " + head);
  }

  int status() {
    return status;
  }

  Response response() {
    return new Response(status, new String(bytes, bodyAt, end - bodyAt, UTF_8));
  }
}
