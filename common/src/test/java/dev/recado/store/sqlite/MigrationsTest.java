package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/** An interrupt stands for a disk that fails: SQLite undoes the transaction by itself for both. */
class MigrationsTest {
  private static final int INTO_THE_FIRST_STEP = 30;

  @TempDir Path folder;

  @Test
  void the_cause_is_told_of_a_step_that_sqlite_has_undone_by_itself() throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("m.db"))) {
      ProgressHandler.setHandler(connection, INTO_THE_FIRST_STEP, interruptOnce());

      assertThatThrownBy(() -> new Migrations(connection).apply())
          .hasMessageContaining("SQLITE_INTERRUPT")
          .satisfies(cause -> assertThat(cause.getSuppressed()).hasSize(1));
    }
  }

  private static ProgressHandler interruptOnce() {
    var interrupted = new AtomicBoolean();
    return new ProgressHandler() {
      @Override
      protected int progress() {
        return interrupted.compareAndSet(false, true) ? 1 : 0;
      }
    };
  }
}
