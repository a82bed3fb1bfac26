package dev.recado.worker.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose first byte can be waited for by who has no place yet to put more. For one reading
 * thread at a time.
 */
final class PatientSocket extends Socket {
  private @Nullable AheadStream input;

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (input == null) {
      input = new AheadStream(super.getInputStream());
    }
    return input;
  }

  /**
   * Returns when there is something to read: a byte, the end of the stream, or the error that the
   * next read throws. Waits for as long as a read does ({@link #setSoTimeout}).
   */
  void awaitFirstByte() throws IOException {
    ((AheadStream) getInputStream()).await();
  }

  /** Reads a byte ahead. */
  private static final class AheadStream extends InputStream {
    private static final int NOTHING = -2;
    private static final int END = -1;

    private final InputStream next;
    private int ahead = NOTHING;
    private @Nullable IOException broken;

    AheadStream(InputStream next) {
      this.next = next;
    }

    void await() {
      if (ahead == NOTHING) {
        try {
          ahead = next.read();
        } catch (IOException e) {
          broken = e;
        }
      }
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) == END ? END : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      var error = broken;
      if (error != null) {
        broken = null;
        throw error;
      }
      if (ahead == NOTHING || length == 0) {
        return next.read(bytes, offset, length);
      }
      var first = ahead;
      ahead = NOTHING;
      if (first == END) {
        return END;
      }
      bytes[offset] = (byte) first;
      return 1;
    }

    @Override
    public void close() throws IOException {
      next.close();
    }
  }
}
