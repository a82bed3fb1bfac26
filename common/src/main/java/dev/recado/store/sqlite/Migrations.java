package dev.recado.store.sqlite;

import dev.recado.store.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Brings the schema up to date, each step once. {@code PRAGMA user_version} counts the steps done;
 * it changes in the same transaction as the schema, so two processes that start together cannot
 * both apply one.
 */
final class Migrations {
  private static final List<String> STEPS =
      List.of(
          "001-jobs.sql",
          "002-idempotency.sql",
          "003-outputs.sql",
          "004-webhooks.sql",
          "005-scheduling.sql",
          "006-batches.sql",
          "007-operations.sql",
          "008-claims.sql",
          "009-lifelines.sql",
          "010-outcomes.sql");

  private final Connection connection;

  Migrations(Connection connection) {
    this.connection = connection;
  }

  void apply() throws SQLException {
    apply(STEPS.getLast());
  }

  /** Goes no further than this step. */
  void apply(String last) throws SQLException {
    // Takes the write lock before looking: what is read must still hold when it is changed.
    execute("BEGIN IMMEDIATE");
    try {
      applyMissing(STEPS.indexOf(last) + 1);
      execute("COMMIT");
    } catch (SQLException | RuntimeException failure) {
      undo(failure);
      throw failure;
    }
  }

  private void undo(Exception failure) {
    try {
      execute("ROLLBACK");
    } catch (SQLException doneBySqlite) {
      failure.addSuppressed(doneBySqlite);
    }
  }

  private void applyMissing(int end) throws SQLException {
    for (var step = done(); step < end; step++) {
      execute(read(STEPS.get(step)));
      execute("PRAGMA user_version = " + (step + 1));
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private int done() throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA user_version")) {
      row.next();
      var done = row.getInt(1);
      if (done > STEPS.size()) {
        throw new StoreUnavailableException(
            "the job store was made by a newer Recado (schema %d, this one knows %d): start that one"
                .formatted(done, STEPS.size()));
      }
      return done;
    }
  }

  private static String read(String name) {
    try (var script = Migrations.class.getResourceAsStream(name)) {
      if (script == null) {
        throw new IllegalStateException("missing in the jar: " + name);
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
