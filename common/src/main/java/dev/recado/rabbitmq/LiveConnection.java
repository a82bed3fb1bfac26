package dev.recado.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One connection while it lasts, as its session sees it. It ends when the broker goes away, when
 * the broker closes one of its channels, when the session says so, or when the link is closed.
 * Thread-safe, but for {@link #close}.
 */
public final class LiveConnection implements AutoCloseable {
  private static final int CLOSE_MILLIS = 2_000;

  private final Connection connection;
  private final Socket socket;
  private final Runnable whenReady;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final BlockedState blocked = new BlockedState();
  private volatile boolean ready;

  LiveConnection(Connection connection, Socket socket, Runnable whenReady) {
    this.connection = connection;
    this.socket = socket;
    this.whenReady = whenReady;
    connection.addShutdownListener(this::fail);
    connection.addBlockedListener(blocked);
  }

  /** A new channel. When it is closed, by whomever, the connection ends. */
  public Channel channel() throws IOException {
    var channel = disposableChannel();
    channel.addShutdownListener(this::fail);
    return channel;
  }

  /** A new channel that may be closed, by us or by the broker, while the connection goes on. */
  public Channel disposableChannel() throws IOException {
    return connection.openChannel().orElseThrow(() -> new IOException("No channel is left"));
  }

  /** Says that the session is at work from now on. */
  public void ready() {
    ready = true;
    whenReady.run();
  }

  /** Something that is sent to the broker, on a channel of this connection. */
  @FunctionalInterface
  public interface Message {
    /** Sends it. */
    void send() throws IOException;
  }

  /** Sends it, or ends the connection: on the next one, things begin as they are meant to be. */
  public void tell(Message message) {
    try {
      message.send();
    } catch (IOException | ShutdownSignalException gone) {
      fail(gone);
    }
  }

  /** Ends the connection because something is wrong with it. */
  public void fail(Throwable cause) {
    end.completeExceptionally(cause);
  }

  /** Has this done once the connection has ended. It must be quick. */
  public void whenEnded(Runnable action) {
    var _ = end.whenComplete((ended, cause) -> action.run());
  }

  /** Whether the session may go on. */
  public boolean isOpen() {
    return !end.isDone();
  }

  /** Whether the broker takes no messages just now, because it runs out of memory or of disk. */
  public boolean isBlocked() {
    return blocked.isBlocked();
  }

  /** Waits until the broker takes messages again, or the connection ends, or the time is over. */
  public void awaitUnblocked(Duration atMost) throws InterruptedException {
    blocked.awaitUnblocked(atMost);
  }

  /** Waits until the connection ends, and throws unless the link was closed. */
  public void awaitEnd() throws InterruptedException, ExecutionException {
    end.get();
  }

  /**
   * Throws unless the connection is good, or the link was closed.
   *
   * @throws ExecutionException with what ended it
   */
  public void check() throws InterruptedException, ExecutionException {
    try {
      end.get(0, TimeUnit.NANOSECONDS);
    } catch (TimeoutException stillGood) {
      return;
    }
  }

  boolean isReady() {
    return ready && isOpen() && !isBlocked();
  }

  void askToEnd() {
    end.complete(null);
  }

  /** Pulls the plug: whoever waits in the socket wakes up with an error. */
  void cut() {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // That is what we wanted.
    }
  }

  @Override
  public void close() {
    askToEnd();
    if (isBlocked()) {
      // The broker does not read what we send, so there is no orderly way to part.
      cut();
    }
    connection.abort(CLOSE_MILLIS);
  }

  private void fail(ShutdownSignalException cause) {
    fail((Throwable) cause);
    blocked.release();
  }
}
