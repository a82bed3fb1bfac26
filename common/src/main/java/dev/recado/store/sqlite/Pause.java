package dev.recado.store.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Whether jobs are started. */
final class Pause {
  /** For the WHERE of whoever looks for jobs to start. */
  static final String IS_OFF = "NOT EXISTS (SELECT 1 FROM controls WHERE name = 'paused')";

  private Pause() {}

  static Optional<Instant> since(Statements statements) throws SQLException {
    var query = statements.prepare("SELECT since FROM controls WHERE name = 'paused'");
    try (var row = query.executeQuery()) {
      return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
    }
  }

  record Begin() implements WriteCommand<Instant> {
    @Override
    public Instant apply(Transaction transaction) throws SQLException {
      var insert =
          transaction.prepare(
              """
              INSERT INTO controls (name, since) VALUES ('paused', ?)
              ON CONFLICT (name) DO UPDATE SET since = since RETURNING since\
              """);
      insert.setLong(1, transaction.now());
      try (var row = insert.executeQuery()) {
        row.next();
        return Instant.ofEpochMilli(row.getLong(1));
      }
    }
  }

  record End() implements WriteCommand<Boolean> {
    @Override
    public Boolean apply(Transaction transaction) throws SQLException {
      return transaction.prepare("DELETE FROM controls WHERE name = 'paused'").executeUpdate() == 1;
    }
  }
}
