package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void a_store_of_an_older_version_keeps_its_traces_and_knows_its_tombstones() throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("old.db"))) {
      new Migrations(connection).apply("009-lifelines.sql");
      execute(
          connection,
          """
          INSERT INTO jobs (seq, id, tenant, kind, state, deadline, completed_at)
          VALUES (1, 'traced', 't', 'k', 'succeeded', 9, 5), (2, 'plain', 't', 'k', 'succeeded', 9, 5),
                 (3, 'tombstone', 't', 'k', 'succeeded', 9, 5), (4, 'live', 't', 'k', 'queued', 9, NULL)\
          """);
      execute(
          connection,
          "INSERT INTO job_inputs (seq, input, traceparent)"
              + " VALUES (1, '{}', '00-ab-cd-01'), (2, '{}', NULL), (4, '{}', '00-ef-01-01')");

      new Migrations(connection).apply();

      assertThat(rows(connection, "SELECT id, erased, traceparent FROM jobs ORDER BY seq"))
          .containsExactly(
              "traced 0 00-ab-cd-01", "plain 0 null", "tombstone 1 null", "live 0 00-ef-01-01");
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    var rows = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.add("%s %s %s".formatted(row.getString(1), row.getString(2), row.getString(3)));
      }
    }
    return rows;
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
