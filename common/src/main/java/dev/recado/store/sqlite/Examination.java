package dev.recado.store.sqlite;

import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.StoreDamagedException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/**
 * SQLite's quick look over the whole file, once at each start. It finds pages that make no sense.
 * SQLite keeps no checksums: a bit that flips inside a text is found by nobody.
 */
final class Examination implements AutoCloseable {
  /**
   * Up to here a file is examined before anything is served. A disk of 60 MB/s needs half a second
   * for it, but 15 s for a million jobs (1 GB), which is too long to be away after a crash. So a
   * large file is read beside the service, and damage found meanwhile ends the process.
   */
  static final long SMALL_BYTES = 32L << 20;

  private static final Log log = Log.of(Examination.class);

  private final Path file;
  private final Consumer<StoreDamagedException> onDamage;
  private final Statement statement;
  private final Thread thread;
  private volatile boolean closing;

  private Examination(Path file, Consumer<StoreDamagedException> onDamage) throws SQLException {
    this.file = file;
    this.onDamage = onDamage;
    this.statement = SqliteFile.connect(file).createStatement();
    this.thread = Thread.ofPlatform().name("store-examination").start(this::run);
  }

  /**
   * Examines the file now.
   *
   * @throws StoreDamagedException if it is damaged
   */
  static void atOnce(Path file) throws SQLException {
    try (var connection = SqliteFile.connect(file);
        var statement = connection.createStatement()) {
      examine(file, statement);
    }
  }

  /** Examines the file in a thread of its own; closing breaks it off. */
  static Examination beside(Path file, Consumer<StoreDamagedException> onDamage)
      throws SQLException {
    return new Examination(file, onDamage);
  }

  private static void examine(Path file, Statement statement) throws SQLException {
    try (var row = statement.executeQuery("PRAGMA quick_check(1)")) {
      row.next();
      if (!row.getString(1).equals("ok")) {
        throw Damage.of(file, row.getString(1));
      }
    }
  }

  private void run() {
    var begun = System.nanoTime();
    try (var _ = statement.getConnection()) {
      examine(file, statement);
      log.tell(LogEvent.STORE_EXAMINED, (System.nanoTime() - begun) / 1_000_000_000);
    } catch (StoreDamagedException damaged) {
      onDamage.accept(damaged);
    } catch (SQLException failure) {
      report(failure);
    } catch (RuntimeException | Error mistake) {
      log.tell(LogEvent.STORE_NOT_EXAMINED, mistake);
    }
  }

  private void report(SQLException failure) {
    if (Damage.isIn(failure)) {
      onDamage.accept(Damage.of(file, failure));
    } else if (!closing) {
      log.tell(LogEvent.STORE_NOT_EXAMINED, failure.getMessage());
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      if (thread.isAlive()) {
        statement.cancel();
      }
      thread.join();
    } catch (SQLException ended) {
      log.tellWhy(ended, LogEvent.STORE_EXAMINATION_OVER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
