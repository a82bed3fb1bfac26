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
import org.eclipse.jetty.http.HttpException;

/** Reads a body, so much of it and for so long as is allowed. */
final class Body {
  private static final int CHUNK = 8_192;

  private Body() {}

  static byte[] read(HttpServletRequest request) {
    var length = request.getContentLengthLong();
    if (length > Limits.BODY_BYTES) {
      throw Problems.payloadTooLarge(Limits.BODY_BYTES).asException();
    }
    try (var in = request.getInputStream()) {
      return length < 0 ? readToTheEnd(in) : readAll(in, (int) length);
    } catch (IOException | HttpException.RuntimeException e) {
      throw unreadable(e);
    }
  }

  /**
   * The usual case: the client has said how much it will send. It gets memory as it does so: some
   * hundreds who only say it could else use up all there is.
   */
  private static byte[] readAll(InputStream in, int length) throws IOException {
    var deadline = new Deadline(Limits.BODY_TIME);
    var body = new byte[Math.min(length, CHUNK)];
    for (var filled = 0; filled < length; ) {
      if (filled == body.length) {
        body = Arrays.copyOf(body, Math.min(length, 2 * filled));
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

  private static byte[] readToTheEnd(InputStream in) throws IOException {
    var deadline = new Deadline(Limits.BODY_TIME);
    var body = new ByteArrayOutputStream();
    var chunk = new byte[CHUNK];
    for (var read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      body.write(chunk, 0, read);
      if (body.size() > Limits.BODY_BYTES) {
        throw Problems.payloadTooLarge(Limits.BODY_BYTES).asException();
      }
      deadline.check();
    }
    return body.toByteArray();
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
