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
 * the writer, whose commits would wait for it otherwise; the writer begins the log anew when all
 * are moved and nobody reads from it. A reader that never ends makes it grow without bound: this
 * one empties a log that has become too long as soon as that is possible, says so once when it is
 * not, and empties it once a minute in any case, because erased texts are still in it.
 */
final class Checkpoints implements AutoCloseable {
  static final long LONG_BYTES = 64L << 20;

  /**
   * Not worth moving yet: each move ends with syncs of its own, which those who commit meanwhile
   * wait for. A page changed often is moved once.
   */
  private static final long FEW_BYTES = 4L << 20;

  private static final long PAGE_BYTES = 4_096; // SQLite's default

  private static final Log log = Log.of(Checkpoints.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final int PERIODS_PER_EMPTYING = 60;

  private final Path file;
  private final Path walFile;
  private final long longBytes;
  private final Consumer<StoreDamagedException> onDamage;
  private final Rounds rounds;
  private int round;
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
      look();
      if (++round % PERIODS_PER_EMPTYING == 0) {
        empty();
      }
    } catch (SQLException | IOException failure) {
      if (Damage.isIn(failure)) {
        onDamage.accept(Damage.of(file, failure));
      } else {
        log.tell(LogEvent.STORE_LOG_KEPT, failure.getMessage());
      }
    }
    return PERIOD;
  }

  /** Empties the log if it is too long, and tells once if it stays so. */
  void look() throws SQLException, IOException {
    var before = tooLong;
    if (isOver(longBytes)) {
      empty();
    } else if (isOver(FEW_BYTES)) {
      shorten();
    }
    tooLong = isOver(longBytes);
    if (tooLong && !before) {
      log.tell(LogEvent.STORE_LOG_LONG, walFile, longBytes >> 20);
    } else if (before && !tooLong) {
      log.tell(LogEvent.STORE_LOG_SHORT, walFile);
    }
  }

  private boolean isOver(long bytes) throws IOException {
    return Files.exists(walFile) && Files.size(walFile) > bytes;
  }

  /** Whether the log was too long at the last look. */
  boolean isTooLong() {
    return tooLong;
  }

  private void shorten() throws SQLException {
    try (var connection = SqliteFile.connect(file)) {
      // The file stays as long as it ever was; only SQLite knows how much of it is not moved.
      if (unmovedPages(connection) * PAGE_BYTES > FEW_BYTES) {
        run(connection, "PRAGMA wal_checkpoint(PASSIVE)");
      }
    }
  }

  static long unmovedPages(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var counts = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
      return counts.getLong("log") - counts.getLong("checkpointed");
    }
  }

  private void empty() throws SQLException {
    try (var connection = SqliteFile.connect(file)) {
      // It must not wait: TRUNCATE waits for readers with the write lock in its hands.
      run(connection, "PRAGMA busy_timeout = 0");
      // Most of the work is done while others write; only the rest, with the write lock.
      run(connection, "PRAGMA wal_checkpoint(PASSIVE)");
      run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
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
