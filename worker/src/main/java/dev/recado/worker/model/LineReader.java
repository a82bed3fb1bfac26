package dev.recado.worker.model;

import java.io.IOException;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Lines of a body, ended by LF, CRLF or CR, each of bounded length. */
final class LineReader {
  private static final ByteString ENDS = ByteString.encodeUtf8("\r\n");

  private final BufferedSource source;
  private final Buffer buffer;
  private final long longest;
  private boolean afterCarriageReturn;

  LineReader(BufferedSource source, long longest) {
    this.source = source;
    this.buffer = source.getBuffer();
    this.longest = longest;
  }

  /** The next line, or null at the end. A last line needs no line end. */
  @Nullable String next() throws IOException {
    skipSecondHalfOfLineEnd();
    var scanned = 0L;
    while (true) {
      var end = buffer.indexOfElement(ENDS, scanned);
      check(end < 0 ? buffer.size() : end);
      if (end >= 0) {
        return take(end);
      }
      scanned = buffer.size();
      if (!source.request(scanned + 1)) {
        return buffer.exhausted() ? null : buffer.readUtf8();
      }
    }
  }

  private String take(long end) throws IOException {
    var line = buffer.readUtf8(end);
    afterCarriageReturn = buffer.readByte() == '\r';
    return line;
  }

  /**
   * A CR may be a whole line end or half of one. Which it is shows with the next byte, and waiting
   * for that would hold back the line.
   */
  private void skipSecondHalfOfLineEnd() throws IOException {
    if (afterCarriageReturn && source.request(1) && buffer.getByte(0) == '\n') {
      source.skip(1);
    }
    afterCarriageReturn = false;
  }

  private void check(long length) throws AnswerTooLargeException {
    if (length > longest) {
      throw new AnswerTooLargeException("a line of more than " + longest + " bytes");
    }
  }
}
