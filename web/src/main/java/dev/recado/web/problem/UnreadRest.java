package dev.recado.web.problem;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.nio.channels.ReadPendingException;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

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
    var connection = request.getConnectionMetaData();
    var endPoint = connection.getConnection().getEndPoint();
    endPoint.shutdownOutput();
    new Discarding(endPoint, connection.getConnector().getScheduler(), then).receive();
  }

  /** Is called when bytes have come, or none will. */
  private static final class Discarding implements Callback {
    private final EndPoint endPoint;
    private final Scheduler scheduler;
    private final Callback then;
    private final long end = System.nanoTime() + LONGEST.toNanos();
    private Scheduler.Task hangUp = () -> false;

    Discarding(EndPoint endPoint, Scheduler scheduler, Callback then) {
      this.endPoint = endPoint;
      this.scheduler = scheduler;
      this.then = then;
    }

    @Override
    public void succeeded() {
      hangUp.cancel();
      receive();
    }

    void receive() {
      if (isOver()) {
        then.succeeded();
        return;
      }
      // Not by the connection's idle timeout: Jetty keeps that to itself once it has called back.
      // Before the other, which may call us at once.
      hangUp = scheduler.schedule(endPoint::close, LONGEST_SILENCE.toMillis(), MILLISECONDS);
      // Where Jetty itself still waits for bytes, there were none for long, or it closes anyway.
      if (!endPoint.tryFillInterested(this)) {
        failed(new ReadPendingException());
      }
    }

    /** Whether nothing more is to be received; takes what is here, but lets others have a turn. */
    private boolean isOver() {
      var chunk = BufferUtil.allocate(CHUNK);
      try {
        for (var taken = 0; taken < AT_ONCE; taken += chunk.remaining()) {
          BufferUtil.clear(chunk);
          var received = endPoint.fill(chunk);
          if (received <= 0) {
            return received < 0 || System.nanoTime() - end >= 0;
          }
        }
        return System.nanoTime() - end >= 0;
      } catch (IOException broken) {
        return true;
      }
    }

    @Override
    public void failed(Throwable silentOrBroken) {
      hangUp.cancel();
      then.succeeded();
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }
}
