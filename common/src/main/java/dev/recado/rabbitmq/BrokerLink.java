package dev.recado.rabbitmq;

import dev.recado.config.BrokerSettings;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * A connection to the broker that comes back. A thread of its own opens one, runs the session on
 * it, and when that ends for whatever reason, opens the next one after a short pause that grows and
 * is never the same twice. The first connection is no exception: the broker may start later than we
 * do. Thread-safe.
 *
 * <p>This stands in for the client library's own recovery, which covers neither the first
 * connection nor a channel that the broker closed, and which repeats nothing that was published
 * meanwhile. Here there is one answer to every trouble: throw the connection away and begin again.
 */
public final class BrokerLink implements AutoCloseable {
  private static final Log log = Log.of(BrokerLink.class);
  private static final Duration ORDERLY_END = Duration.ofSeconds(2);
  private static final Duration ENFORCED_END = Duration.ofSeconds(1);

  private final Connector connector;
  private final Session session;
  private final OutageReport report;
  private final ReconnectDelay delay = new ReconnectDelay();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable LiveConnection live;

  /** What is done with a connection while it lasts. */
  @FunctionalInterface
  public interface Session {
    /**
     * Runs on the link's thread. Calls {@link LiveConnection#ready} once everything is set up.
     * Whether it returns or throws, the connection is closed and, unless the link was closed,
     * another one is opened and run.
     */
    void run(LiveConnection connection) throws Exception;
  }

  private BrokerLink(BrokerSettings broker, String purpose, Level loudness, Session session) {
    this.connector = new Connector(broker, purpose);
    this.session = session;
    this.report = new OutageReport(broker, purpose, loudness);
    this.thread = Thread.ofPlatform().name(purpose).daemon().unstarted(this::run);
  }

  /**
   * Begins to connect, and returns at once.
   *
   * @param purpose what the link is for, as operators see it in the broker's console and in logs
   * @param loudness at which level an outage is reported, once when it begins and once when it ends
   */
  public static BrokerLink open(
      BrokerSettings broker, String purpose, Level loudness, Session session) {
    var link = new BrokerLink(broker, purpose, loudness, session);
    link.thread.start();
    return link;
  }

  /** Whether there is a connection and its session is ready. */
  public boolean isConnected() {
    var current = live;
    return current != null && current.isReady();
  }

  /** Whether there is a connection on which the broker takes no messages just now. */
  public boolean isBlocked() {
    var current = live;
    return current != null && current.isBlocked();
  }

  /** Asks the session to end, and ends it when it does not within a few seconds. */
  @Override
  public void close() {
    closing.countDown();
    withLive(LiveConnection::askToEnd);
    try {
      if (!thread.join(ORDERLY_END)) {
        withLive(LiveConnection::cut);
        thread.join(ENFORCED_END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    do {
      try {
        runSession();
      } catch (Exception e) {
        report(e);
      } catch (Error mistake) {
        // Not the broker's doing, so it is told as loudly as it is bad; the link goes on.
        log.tellWhy(mistake, LogEvent.PART_MISTAKE, thread.getName());
        report(mistake);
      }
    } while (!closesWithin(delay.next()));
  }

  private void runSession() throws Exception {
    try (var connection = connector.connect(this::sessionIsReady)) {
      live = connection;
      if (isClosing()) {
        return;
      }
      session.run(connection);
    } finally {
      live = null;
    }
  }

  private void sessionIsReady() {
    delay.connected();
    report.back();
  }

  private void report(Throwable trouble) {
    if (!isClosing()) {
      report.away(trouble);
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private boolean closesWithin(Duration duration) {
    try {
      return closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void withLive(Consumer<LiveConnection> action) {
    var current = live;
    if (current != null) {
      action.accept(current);
    }
  }
}
