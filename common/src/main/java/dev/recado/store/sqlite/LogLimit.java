package dev.recado.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Keeps the write-ahead log within bounds when {@link Checkpoints} falls behind: while commits come
 * one after another, only the writer, between two of them, can move the last pages into the file,
 * so that the log begins anew.
 *
 * <p>SQLite would do the same by itself, but would tell nobody of a failure. After a failed sync
 * the pages pass for moved at the next attempt, and the log that still has them is overwritten. For
 * the writer's thread.
 */
final class LogLimit {
  private static final long LIMIT_BYTES = SqliteFile.WAL_LIMIT_BYTES;
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Path log;
  private final long bytes;
  private final Duration period;
  private long looked = System.nanoTime();

  /** Of this file's log. */
  LogLimit(Path file) {
    this(file, LIMIT_BYTES, PERIOD);
  }

  /**
   * Of this file's log.
   *
   * @param bytes how long it may get, more or less
   * @param period how often to look
   */
  LogLimit(Path file, long bytes, Duration period) {
    this.log = SqliteFile.logOf(file);
    this.bytes = bytes;
    this.period = period;
  }

  /** Moves what can be moved, if the log is too long; between two transactions. */
  void keep(Transaction transaction) throws SQLException, IOException {
    var now = System.nanoTime();
    if (now - looked >= period.toNanos()) {
      looked = now;
      if (Files.size(log) > bytes) {
        transaction.moveLog();
      }
    }
  }
}
