package dev.recado.web.input;

import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** Receives a body, so much of it and for so long as is allowed. */
final class Body {
  private static final int CHUNK = 8_192;

  private Body() {}

  /**
   * Receives all of it.
   *
   * @param room told of how much memory is about to be held; throws the problem if that is too much
   */
  static byte[] read(HttpServletRequest request, IntConsumer room) {
    var length = request.getContentLengthLong();
    if (length > Limits.BODY_BYTES) {
      throw tooLarge();
    }
    try (var in = incoming(request)) {
      return length < 0 ? readToTheEnd(in, room) : readAll(in, (int) length, room);
    }
  }

  private static Incoming incoming(HttpServletRequest request) {
    return new Incoming(request, _ -> Limits.BODY_TIME);
  }

  /**
   * As far as it is known to come, or may. It gets memory as it does so: some hundreds who only say
   * how much they will send could else use up all there is.
   */
  private static byte[] read(Incoming in, int most, IntConsumer room) {
    var body = new byte[Math.min(most, CHUNK)];
    var filled = 0;
    for (var read = 0; read >= 0 && filled < most; ) {
      if (filled == body.length) {
        var larger = Math.min(most, 2 * filled);
        room.accept(larger);
        body = Arrays.copyOf(body, larger);
      }
      read = in.read(body, filled, body.length - filled);
      filled += Math.max(0, read);
    }
    return filled == body.length ? body : Arrays.copyOf(body, filled);
  }

  private static byte[] readAll(Incoming in, int length, IntConsumer room) {
    var body = read(in, length, room);
    if (body.length < length) {
      throw Problems.unreadableBody().asException();
    }
    return body;
  }

  private static byte[] readToTheEnd(Incoming in, IntConsumer room) {
    var body = read(in, Limits.BODY_BYTES + 1, room);
    if (body.length > Limits.BODY_BYTES) {
      throw tooLarge();
    }
    return body;
  }

  /** Receives all of it and keeps nothing. */
  static void skip(HttpServletRequest request) {
    var length = request.getContentLengthLong();
    if (length > Limits.BODY_BYTES) {
      throw tooLarge();
    }
    try (var in = incoming(request)) {
      if (skipAll(in) < length) {
        throw Problems.unreadableBody().asException();
      }
    }
  }

  private static long skipAll(Incoming in) {
    var chunk = new byte[CHUNK];
    var skipped = 0L;
    for (var read = 0; read >= 0; read = in.read(chunk, 0, CHUNK)) {
      skipped += read;
      if (skipped > Limits.BODY_BYTES) {
        throw tooLarge();
      }
    }
    return skipped;
  }

  private static RuntimeException tooLarge() {
    return Problems.payloadTooLarge(Limits.BODY_BYTES).asException();
  }
}
