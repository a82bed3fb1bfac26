package dev.recado.web.input;

import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
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
   * The usual case: the client has said how much it will send. It gets memory as it does so: some
   * hundreds who only say it could else use up all there is.
   */
  private static byte[] readAll(InputStream in, int length, IntConsumer room) throws IOException {
    var deadline = new Deadline(Limits.BODY_TIME);
    var body = new byte[Math.min(length, CHUNK)];
    for (var filled = 0; filled < length; ) {
      if (filled == body.length) {
        var larger = Math.min(length, 2 * filled);
        room.accept(larger);
        body = Arrays.copyOf(body, larger);
      }
      var read = in.read(body, filled, body.length - filled);
      if (read < 0) {
        throw new EOFException();
      }
      filled += read;
      deadline.check();
    }
    return body;
  }

  private static byte[] readToTheEnd(InputStream in, IntConsumer room) throws IOException {
    var deadline = new Deadline(Limits.BODY_TIME);
    var body = new ByteArrayOutputStream();
    var chunk = new byte[CHUNK];
    for (var read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      if (body.size() + read > Limits.BODY_BYTES) {
        throw tooLarge();
      }
      room.accept(body.size() + read);
      body.write(chunk, 0, read);
      deadline.check();
    }
    return body.toByteArray();
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
