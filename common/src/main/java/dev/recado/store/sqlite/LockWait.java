package dev.recado.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.BusyHandler;

/**
 * How a writer waits for its turn when another process writes. SQLite's own way (busy_timeout)
 * sleeps whole milliseconds, soon 25 and more at a time, while a turn lasts about one: two busy
 * processes then mostly sleep. This one looks again after a fraction of a turn, and less often the
 * longer it waits. For one thread.
 */
final class LockWait extends BusyHandler {
  private static final int TRY_AGAIN = 1;
  private static final int GIVE_UP = 0;
  private static final long SHORTEST_NANOS = Duration.ofNanos(100_000).toNanos();
  private static final long LONGEST_NANOS = Duration.ofMillis(5).toNanos();

  /** A nap is this part of what was waited already. */
  private static final int PART = 16;

  private final long mostNanos;
  private long since;

  private LockWait(Duration atMost) {
    this.mostNanos = atMost.toNanos();
  }

  /** Makes this connection wait so, as long as it would have waited anyway. */
  static void install(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA busy_timeout")) {
      row.next();
      install(connection, Duration.ofMillis(row.getLong(1)));
    }
  }

  /** Makes this connection wait so, as long as this. */
  static void install(Connection connection, Duration atMost) throws SQLException {
    BusyHandler.setHandler(connection, new LockWait(atMost));
  }

  @Override
  protected int callback(int looksBefore) {
    var now = System.nanoTime();
    if (looksBefore == 0) {
      since = now;
    }
    var waited = now - since;
    if (waited > mostNanos) {
      return GIVE_UP;
    }
    LockSupport.parkNanos(Math.clamp(waited / PART, SHORTEST_NANOS, LONGEST_NANOS));
    return TRY_AGAIN;
  }
}
