package dev.recado.web.input;

import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * A body that is being received, for so long as is allowed. A client that sends a byte now and then
 * never runs into the connection's idle timeout. Nor need its bytes be content: the servlet's
 * stream would wait through extensions of chunks and trailers for as long as they trickle. So it is
 * Jetty that is read, and we who wait. For one thread.
 */
final class Incoming implements AutoCloseable {
  private final Request request;
  private final LongFunction<Duration> allowed;
  private final long begin = System.nanoTime();
  private final Semaphore news = new Semaphore(0);
  private Content.Chunk chunk = Content.Chunk.EMPTY;
  private long received;

  /**
   * The body of a request.
   *
   * @param allowed how long it may take until there is more than so many bytes
   */
  Incoming(HttpServletRequest request, LongFunction<Duration> allowed) {
    this.request = ServletContextRequest.getServletContextRequest(request);
    this.allowed = allowed;
  }

  /**
   * Waits for content.
   *
   * @return how many bytes of it were put there, a negative number at the end; throws the problem
   *     if they cannot be received
   */
  int read(byte[] to, int offset, int most) {
    while (!chunk.hasRemaining()) {
      if (chunk.isLast()) {
        return -1;
      }
      close();
      chunk = next();
    }
    var length = Math.min(most, chunk.remaining());
    chunk.getByteBuffer().get(to, offset, length);
    received += length;
    return length;
  }

  private Content.Chunk next() {
    requireTime();
    var next = request.read();
    while (next == null) {
      awaitNews();
      requireTime();
      next = request.read();
    }
    if (Content.Chunk.isFailure(next)) {
      giveUp();
      throw unreadable(next.getFailure());
    }
    return next;
  }

  private void requireTime() {
    if (nanosLeft() <= 0) {
      throw Problems.requestTimeout().asException();
    }
  }

  private long nanosLeft() {
    return allowed.apply(received).toNanos() - (System.nanoTime() - begin);
  }

  private void awaitNews() {
    request.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, news::release));
    try {
      if (!news.tryAcquire(nanosLeft(), TimeUnit.NANOSECONDS)) {
        giveUp();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problems.unreadableBody().asException();
    }
  }

  /** Jetty may still wait for more of it, also where it has been silent for too long. */
  private void giveUp() {
    var connection = request.getConnectionMetaData().getConnection();
    if (connection.getEndPoint() instanceof AbstractEndPoint endPoint) {
      endPoint.getFillInterest().onFail(new TimeoutException());
    }
  }

  private static RuntimeException unreadable(Throwable failure) {
    return failure instanceof TimeoutException
        ? Problems.requestTimeout().asException()
        : Problems.unreadableBody().asException();
  }

  @Override
  public void close() {
    chunk.release();
    chunk = Content.Chunk.EMPTY;
  }
}
