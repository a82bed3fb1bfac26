package dev.recado.web.input;

import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.eclipse.jetty.http.HttpException;

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
    try (var in = request.getInputStream()) {
      return length < 0 ? readToTheEnd(in, room) : readAll(in, (int) length, room);
    } catch (IOException | HttpException.RuntimeException e) {
      throw unreadable(e);
    }
  }

  /**
   * As far as it is known to come, or may. It gets memory as it does so: some hundreds who only say
   * how much they will send could else use up all there is.
   */
  private static byte[] read(InputStream in, int most, IntConsumer room) throws IOException {
    var deadline = new Deadline(Limits.BODY_TIME);
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
      deadline.check();
    }
    return filled == body.length ? body : Arrays.copyOf(body, filled);
  }

  private static byte[] readAll(InputStream in, int length, IntConsumer room) throws IOException {
    var body = read(in, length, room);
    if (body.length < length) {
      throw new EOFException();
    }
    return body;
  }

  private static byte[] readToTheEnd(InputStream in, IntConsumer room) throws IOException {
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
    try (var in = request.getInputStream()) {
      if (skipAll(in) < length) {
        throw new EOFException();
      }
    } catch (IOException | HttpException.RuntimeException e) {
      throw unreadable(e);
    }
  }

  private static long skipAll(InputStream in) throws IOException {
    var deadline = new Deadline(Limits.BODY_TIME);
    var chunk = new byte[CHUNK];
    var skipped = 0L;
    for (var read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      skipped += read;
      if (skipped > Limits.BODY_BYTES) {
        throw tooLarge();
      }
      deadline.check();
    }
    return skipped;
  }

  private static RuntimeException tooLarge() {
    return Problems.payloadTooLarge(Limits.BODY_BYTES).asException();
  }

  static RuntimeException unreadable(Exception e) {
    return e.getCause() instanceof TimeoutException
        ? Problems.requestTimeout().asException()
        : Problems.unreadableBody().asException();
  }

  /** A client that sends a byte now and then never runs into the connection's idle timeout. */
  static final class Deadline {
    private final long end;

    Deadline(Duration time) {
      end = System.nanoTime() + time.toNanos();
    }

    void check() {
      if (System.nanoTime() - end > 0) {
        throw Problems.requestTimeout().asException();
      }
    }
  }
}
