package dev.recado.web;

import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Ends connections whose request takes too long to say what it wants. Jetty knows how long a
 * connection may be silent, but a client that sends a byte of its headers now and then is never
 * silent, and could stay for days.
 */
final class HeadDeadline extends AbstractLifeCycle {
  private static final Log log = Log.of(HeadDeadline.class);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration PERIOD = Duration.ofSeconds(2);

  private final ServerConnector connector;

  HeadDeadline(ServerConnector connector) {
    this.connector = connector;
  }

  @Override
  protected void doStart() {
    lookLater();
  }

  private void lookLater() {
    connector.getScheduler().schedule(this::look, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  // Whatever was thrown: without the next look a slow client could stay for days again.
  private void look() {
    try {
      closeLate();
    } catch (RuntimeException | Error mistake) {
      log.tellWhy(mistake, LogEvent.PART_MISTAKE, "head deadline");
    }
    if (isRunning()) {
      lookLater();
    }
  }

  private void closeLate() {
    for (var endPoint : connector.getConnectedEndPoints()) {
      if (isLate(endPoint.getConnection())) {
        endPoint.close();
      }
    }
  }

  // Its parser alone knows when a request began and that its headers go on.
  private static boolean isLate(Connection connection) {
    if (!(connection instanceof HttpConnection http)) {
      return false;
    }
    var parser = http.getParser();
    var begin = parser.getBeginNanoTime();
    return begin != 0 && parser.inHeaderState() && System.nanoTime() - begin > LONGEST.toNanos();
  }
}
