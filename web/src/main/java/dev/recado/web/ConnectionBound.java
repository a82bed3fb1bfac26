package dev.recado.web;

import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.time.Duration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;

/**
 * Lets in so many connections at once; who comes then waits until one has ended. Each costs a few
 * kilobytes and a file handle, so that clients who only connect could else use up both.
 */
final class ConnectionBound extends NetworkConnectionLimit {
  private static final Log log = Log.of(ConnectionBound.class);
  private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

  private final int most;
  private long nextWarning = System.nanoTime();

  ConnectionBound(int most, Server server) {
    super(most, server);
    this.most = most;
  }

  /** Called under the lock of its parent. */
  @Override
  protected void limit() {
    super.limit();
    // At the bound this comes with every connection that ends and is followed by another.
    var now = System.nanoTime();
    if (now - nextWarning >= 0) {
      nextWarning = now + BETWEEN_WARNINGS.toNanos();
      log.tell(LogEvent.CONNECTIONS_FULL, most);
    }
  }
}
