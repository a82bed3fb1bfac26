package dev.recado.worker.model;

import java.io.IOException;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The JSON document that a body begins with. It says itself where it ends, so that nobody needs to
 * wait for the end of the body to read it. It is left in the body: it may be the first of several.
 */
final class FirstDocument {
  private final BufferedSource body;
  private final Buffer came;
  private final long largest;
  private final Brackets brackets = new Brackets();
  private long end;

  FirstDocument(BufferedSource body, long largest) {
    this.body = body;
    this.came = body.getBuffer();
    this.largest = largest;
  }

  /** The document, or null if it is none or the body ends before it does. */
  @Nullable JsonNode read() throws IOException {
    while (body.request(end + 1)) {
      if (end == largest) {
        throw new AnswerTooLargeException("more than " + largest + " bytes");
      }
      if (brackets.areClosedBy(came.getByte(end++))) {
        return Json.parse(came.clone().readUtf8(end));
      }
    }
    return null;
  }

  /** Whether nothing comes after it. How the connection does by then is of no interest. */
  boolean isAlone() {
    var at = end;
    try {
      while (at < largest && body.request(at + 1)) {
        if (!Character.isWhitespace(came.getByte(at))) {
          return false;
        }
        at++;
      }
    } catch (IOException e) {
      // Nothing came before it broke.
    }
    return true;
  }

  /** Those outside of strings. No byte of a longer character looks like one. */
  private static final class Brackets {
    private int open;
    private boolean inString;
    private boolean escaped;

    boolean areClosedBy(byte next) {
      if (inString) {
        inString = escaped || next != '"';
        escaped = !escaped && next == '\\';
        return false;
      }
      switch (next) {
        case '"' -> inString = true;
        case '{', '[' -> open++;
        case '}', ']' -> open--;
        default -> {}
      }
      return open == 0;
    }
  }
}
