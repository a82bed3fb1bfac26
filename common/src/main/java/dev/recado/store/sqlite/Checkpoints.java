package dev.recado.store.sqlite;

import dev.recado.lifecycle.Rounds;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.StoreDamagedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Keeps the write-ahead log short. Moves its pages into the file when they have become many, beside
 * the writers, whose commits would wait for it otherwise; the few that were written meanwhile it
 * moves with the write lock in its hands, so that the log begins anew. A log that is written over
 * takes a quarter less of a commit's time than one that grows, whose blocks have to be found and
 * cleared.
 *
 * <p>A reader that never ends makes the log grow without bound: one that has become too long is
 * emptied as soon as that is possible, told of once when it is not, and emptied once a minute in
 * any case, because erased texts are still in it.
 *
 * <p>SQLite would move pages by itself, but would tell nobody of a failure. After a failed sync the
 * pages pass for moved at the next attempt, and the log that still has them is overwritten.
 */
final class Checkpoints implements AutoCloseable {
  static final long LONG_BYTES = 64L << 20;

  private static final long PAGE_BYTES = 4_096; // SQLite's default

  /**
   * Not worth moving yet: each move ends with syncs of its own, which those who commit meanwhile
   * wait for. A page changed often is moved once.
   */
  private static final long FEW_PAGES = (4L << 20) / PAGE_BYTES;

  /**
   * So long the log may get before anybody has to wait for its new beginning. While less is
   * written, there is soon a moment at which all is moved and nobody writes.
   */
  private static final long MANY_PAGES = 4 * FEW_PAGES;

  /**
   * So few are moved while everybody waits. What takes time then is the sync of all that was moved
   * before: SQLite syncs the file only when there is nothing left to move.
   */
  private static final long LAST_PAGES = 200;

  /** How long to wait for the write lock and, with it, for those who read; both together. */
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private static final Log log = Log.of(Checkpoints.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration PERIOD_UNDER_LOAD = Duration.ofMillis(250);
  private static final Duration BETWEEN_EMPTYINGS = Duration.ofMinutes(1);

  private final Path file;
  private final Path walFile;
  private final long longBytes;
  private final Consumer<StoreDamagedException> onDamage;
  private final Rounds rounds;
  private long emptied = System.nanoTime();
  private volatile boolean tooLong;

  private Checkpoints(Path file, long longBytes, Consumer<StoreDamagedException> onDamage) {
    this.file = file;
    this.walFile = SqliteFile.logOf(file);
    this.longBytes = longBytes;
    this.onDamage = onDamage;
    this.rounds = new Rounds(Thread.ofPlatform().name("store-checkpoints"), this::keepShort);
  }

  /** For a test, which calls {@link #look} itself. */
  static Checkpoints unstarted(Path file, long longBytes) {
    return new Checkpoints(file, longBytes, _ -> {});
  }

  static Checkpoints start(Path file, Consumer<StoreDamagedException> onDamage) {
    var checkpoints = new Checkpoints(file, LONG_BYTES, onDamage);
    checkpoints.rounds.start();
    return checkpoints;
  }

  private Duration keepShort() {
    try {
      var next = look() ? PERIOD_UNDER_LOAD : PERIOD;
      return isTimeToEmpty() && !empty() ? PERIOD : next;
    } catch (SQLException | IOException failure) {
      if (Damage.isIn(failure)) {
        onDamage.accept(Damage.of(file, failure));
      } else {
        log.tell(LogEvent.STORE_LOG_KEPT, failure.getMessage());
      }
      return PERIOD;
    }
  }

  /**
   * Empties the log if it is too long, and tells once if it stays so.
   *
   * @return whether it is worth another look soon
   */
  boolean look() throws SQLException, IOException {
    var before = tooLong;
    var isWorthIt = isOver(longBytes) ? empty() : isOver(FEW_PAGES * PAGE_BYTES) && shorten();
    tooLong = isOver(longBytes);
    if (tooLong && !before) {
      log.tell(LogEvent.STORE_LOG_LONG, walFile, longBytes >> 20);
    } else if (before && !tooLong) {
      log.tell(LogEvent.STORE_LOG_SHORT, walFile);
    }
    return isWorthIt;
  }

  private boolean isTimeToEmpty() {
    return System.nanoTime() - emptied >= BETWEEN_EMPTYINGS.toNanos();
  }

  private boolean isOver(long bytes) throws IOException {
    return Files.exists(walFile) && Files.size(walFile) > bytes;
  }

  /** Whether the log was too long at the last look. */
  boolean isTooLong() {
    return tooLong;
  }

  // The file stays as long as it ever was; only SQLite knows how much of it is not moved.
  private boolean shorten() throws SQLException {
    try (var connection = SqliteFile.connect(file)) {
      if (unmovedPages(connection) <= FEW_PAGES) {
        return false;
      }
      moveMost(connection);
      var pages = Pages.of(connection);
      // They are many behind a reader that does not end.
      if (pages.all() > MANY_PAGES && pages.unmoved() > 0 && pages.unmoved() <= LAST_PAGES) {
        moveLast(connection, "RESTART");
      }
      return true;
    }
  }

  /**
   * However many are left to the last: when this thread falls behind, those who write have to wait
   * for it.
   *
   * @return false if somebody read or wrote without a gap
   */
  private boolean empty() throws SQLException {
    try (var connection = SqliteFile.connect(file)) {
      moveMost(connection);
      var isDone = moveLast(connection, "TRUNCATE");
      if (isDone) {
        emptied = System.nanoTime();
      }
      return isDone;
    }
  }

  /** While others write: less each time, until it is worth no other. */
  private static void moveMost(Connection connection) throws SQLException {
    long before;
    var left = unmovedPages(connection);
    do {
      before = left;
      run(connection, "PRAGMA wal_checkpoint(PASSIVE)");
      left = unmovedPages(connection);
    } while (left > LAST_PAGES && left < before / 2);
  }

  /** While nobody writes. */
  private static boolean moveLast(Connection connection, String mode) throws SQLException {
    LockWait.install(connection, PATIENCE);
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return row.getInt("busy") == 0;
    }
  }

  static long unmovedPages(Connection connection) throws SQLException {
    return Pages.of(connection).unmoved();
  }

  /** What is in the log: all pages since it began, and those of them that the file lacks. */
  private record Pages(long all, long unmoved) {
    static Pages of(Connection connection) throws SQLException {
      try (var statement = connection.createStatement();
          var counts = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
        var all = counts.getLong("log");
        return new Pages(all, all - counts.getLong("checkpointed"));
      }
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    rounds.close();
  }
}
