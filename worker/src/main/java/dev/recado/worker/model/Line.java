package dev.recado.worker.model;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.function.LongSupplier;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The connection that a call goes over.
 *
 * <p>One for each call.
 */
final class Line extends EventListener {
  /** For the way there and back, and a pause of ours. Few models have answered by then. */
  static final Duration AT_ONCE = Duration.ofMillis(500);

  /** Okio's words where a line was to come and not a byte of it did. */
  private static final String NOTHING_CAME = "\\n not found: limit=0 ";

  private final LongSupplier nanoTime;
  private volatile boolean isNew;
  private volatile @Nullable Long asked;
  private volatile @Nullable Socket socket;

  /**
   * @param nanoTime the monotonic clock
   */
  Line(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    isNew = true;
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    socket = connection.socket();
  }

  @Override
  public void requestHeadersStart(Call call) {
    asked = nanoTime.getAsLong();
  }

  /**
   * Sends what was written and waits until an answer begins, or whatever comes instead, which the
   * reader of the answer will meet. A model thinks for seconds, and OkHttp waits with a buffer of 8
   * KB in its hands: of what a call needs that is a third. Not with encryption: its socket shows no
   * byte before it has taken a whole record in.
   */
  void awaitAnswer(BufferedSink request) throws IOException {
    if (socket instanceof PatientSocket patient) {
      request.flush();
      patient.awaitFirstByte();
    }
  }

  /** Whether the request was on its way, so that the server may have taken it. */
  boolean wasAsked() {
    return asked != null;
  }

  /**
   * Whether this, which has come instead of an answer, looks like the end of a connection that the
   * server had kept from an earlier call, and had closed meanwhile. Nobody can know that for sure:
   * a server that has read a request and then dies looks the same. But it takes its time over that,
   * and a closed connection shows at once.
   */
  boolean wasClosed(IOException e) {
    var begin = asked;
    return begin != null
        && !isNew
        && nanoTime.getAsLong() - begin < AT_ONCE.toNanos()
        && isHangUp(e);
  }

  private static boolean isHangUp(IOException e) {
    return e instanceof SocketException
        || (e.getCause() instanceof EOFException end
            && String.valueOf(end.getMessage()).startsWith(NOTHING_CAME));
  }
}
