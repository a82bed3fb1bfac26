package dev.recado.web.problem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * What a client still sends of a request that is refused already. A connection that is closed while
 * bytes arrive is reset, and a reset can take the answer away before the client has read it (RFC
 * 9112, section 9.6); so what comes is received for a while, and thrown away. For one request.
 */
final class UnreadRest {
  private static final int CHUNK = 16 << 10;
  private static final int AT_ONCE = 8 * CHUNK;
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Request request;

  UnreadRest(Request request) {
    this.request = request;
  }

  /** Whether something is left when a little of what is here already has been taken away. */
  boolean isLeft() {
    for (var taken = 0; taken < AT_ONCE; ) {
      var chunk = request.read();
      if (chunk == null || Content.Chunk.isFailure(chunk)) {
        return true;
      }
      taken += chunk.remaining();
      chunk.release();
      if (chunk.isLast()) {
        return false;
      }
    }
    return true;
  }

  /** {@link #discard(Callback)}, and waits for it. */
  void discard() {
    try (var end = Blocker.callback()) {
      discard(end);
      end.block();
    } catch (IOException broken) {
      // Then there is no rest.
    }
  }

  /**
   * Tells the client that nothing follows its answer, and receives until it closes as well, has
   * been silent, or some seconds are over. Holds no thread.
   *
   * @param then succeeds at the end, whichever it is
   */
  void discard(Callback then) {
    var endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    endPoint.setIdleTimeout(LONGEST_SILENCE.toMillis());
    endPoint.shutdownOutput();
    new Discarding(endPoint, then, System.nanoTime() + LONGEST.toNanos()).succeeded();
  }

  /** Is called when bytes have come, or none will. */
  private record Discarding(EndPoint endPoint, Callback then, long end) implements Callback {
    @Override
    public void succeeded() {
      var chunk = BufferUtil.allocate(CHUNK);
      try {
        if (isDrained(chunk)) {
          then.succeeded();
        } else {
          endPoint.fillInterested(this);
        }
      } catch (IOException broken) {
        then.succeeded();
      }
    }

    /** Whether nothing more is to be received; takes what is here. */
    private boolean isDrained(ByteBuffer chunk) throws IOException {
      while (System.nanoTime() - end < 0) {
        BufferUtil.clear(chunk);
        var received = endPoint.fill(chunk);
        if (received <= 0) {
          return received < 0;
        }
      }
      return true;
    }

    @Override
    public void failed(Throwable silentOrBroken) {
      then.succeeded();
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }
}
