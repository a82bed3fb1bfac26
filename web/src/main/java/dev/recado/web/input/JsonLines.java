package dev.recado.web.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * One request a line. Lines may end with CR LF, and blank ones count as lines and as nothing else.
 */
final class JsonLines implements BatchSource {
  private static final int CHUNK = 64 << 10;

  @Override
  public void find(Upload upload, Finder finder) throws IOException {
    var lines = new Lines(finder);
    var chunk = new byte[CHUNK];
    try (var in = upload.from(upload.start())) {
      var goesOn = true;
      for (var read = in.read(chunk); goesOn && read >= 0; read = in.read(chunk)) {
        goesOn = lines.take(chunk, read);
      }
      if (goesOn) {
        lines.end();
      }
    }
  }

  private static final class Lines {
    private final Finder finder;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean isTooLong;
    private int number;

    Lines(Finder finder) {
      this.finder = finder;
    }

    boolean take(byte[] chunk, int length) {
      var start = 0;
      for (var i = 0; i < length; i++) {
        if (chunk[i] == '\n') {
          add(chunk, start, i);
          if (!end()) {
            return false;
          }
          start = i + 1;
        }
      }
      add(chunk, start, length);
      return true;
    }

    private void add(byte[] chunk, int from, int to) {
      isTooLong |= line.size() + to - from > Limits.BODY_BYTES;
      if (!isTooLong) {
        line.write(chunk, from, to - from);
      }
    }

    /** Says whether to go on. */
    boolean end() {
      number++;
      var goesOn =
          isTooLong
              ? finder.tooLong(Place.line(number))
              : line.size() == 0 || request(line.toByteArray());
      line.reset();
      isTooLong = false;
      return goesOn;
    }

    private boolean request(byte[] json) {
      return isBlank(json) || finder.request(Place.line(number), json);
    }

    private static boolean isBlank(byte[] json) {
      for (var b : json) {
        if (b != ' ' && b != '\t' && b != '\r') {
          return false;
        }
      }
      return true;
    }
  }
}
