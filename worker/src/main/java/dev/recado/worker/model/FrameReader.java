package dev.recado.worker.model;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Frames of an event stream. More forgiving than the standard: a data line that is a whole document
 * ends its frame at once, as some servers leave out the blank line, and a bare JSON line is a
 * frame, as some servers forget the {@code data:} when they report an error.
 */
final class FrameReader {
  private final LineReader lines;
  private final long largest;
  private final StringBuilder data = new StringBuilder();
  private String event = "";
  private boolean strangeLines;

  FrameReader(LineReader lines, long largest) {
    this.lines = lines;
    this.largest = largest;
  }

  /** The next frame, or null at the end. */
  @Nullable Frame next() throws IOException {
    for (var line = lines.next(); line != null; line = lines.next()) {
      var frame = line.isEmpty() ? endOfFrame() : field(line);
      if (frame != null) {
        return frame;
      }
    }
    return data.isEmpty() ? null : pending(false);
  }

  /** Whether there were lines that no event stream has. */
  boolean sawStrangeLines() {
    return strangeLines;
  }

  private @Nullable Frame endOfFrame() {
    var frame = data.isEmpty() ? null : pending(true);
    event = "";
    return frame;
  }

  private @Nullable Frame field(String line) throws AnswerTooLargeException {
    if (line.charAt(0) == '{') {
      return new Frame(event, line, Json.parse(line), true);
    }
    var colon = line.indexOf(':');
    return colon < 0
        ? field(line, "")
        : field(line.substring(0, colon), line.substring(afterSpace(line, colon + 1)));
  }

  private @Nullable Frame field(String name, String value) throws AnswerTooLargeException {
    return switch (name) {
      case "data" -> data(value);
      case "error" -> new Frame("error", value, Json.parse(value), true);
      default -> note(name, value);
    };
  }

  private @Nullable Frame note(String name, String value) {
    switch (name) {
      case "event" -> event = value.strip();
      case "", "id", "retry" -> {}
      default -> strangeLines = true;
    }
    return null;
  }

  private @Nullable Frame data(String value) throws AnswerTooLargeException {
    if (data.isEmpty()) {
      var frame = new Frame(event, value, documentIn(value), true);
      if (frame.isDone() || frame.json() != null) {
        return frame;
      }
    }
    if (data.length() + value.length() > largest) {
      throw new AnswerTooLargeException("a frame of more than " + largest + " characters");
    }
    data.append(data.isEmpty() ? "" : "\n").append(value);
    return null;
  }

  private @Nullable JsonNode documentIn(String value) {
    var text = value.strip();
    return text.startsWith("{") && text.endsWith("}") ? Json.parse(text) : null;
  }

  private Frame pending(boolean whole) {
    var text = data.toString();
    data.setLength(0);
    return new Frame(event, text, Json.parse(text), whole);
  }

  private static int afterSpace(String line, int from) {
    return line.startsWith(" ", from) ? from + 1 : from;
  }
}
