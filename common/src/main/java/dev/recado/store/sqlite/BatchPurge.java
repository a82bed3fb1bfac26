package dev.recado.store.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** What retention does to batches: their labels go with the texts, they with the tombstones. */
final class BatchPurge {
  private BatchPurge() {}

  /** Returns how many rows were touched. */
  static int apply(Transaction transaction, Duration retention, int atMost) throws SQLException {
    var touched = eraseLabels(transaction, transaction.now() - retention.toMillis());
    var old = oldest(transaction, transaction.now() - 2 * retention.toMillis());
    return old.isEmpty() ? touched : touched + drop(transaction, old.get(), atMost);
  }

  private static int eraseLabels(Transaction transaction, long before) throws SQLException {
    var update =
        transaction.prepare(
            """
            UPDATE batches INDEXED BY batches_completed SET metadata = NULL
             WHERE completed_at < ? AND completed_at IS NOT NULL AND metadata IS NOT NULL\
            """);
    update.setLong(1, before);
    return update.executeUpdate();
  }

  /** One whose jobs are gone: none of them ended later than it. */
  private static Optional<Long> oldest(Transaction transaction, long before) throws SQLException {
    var query =
        transaction.prepare(
            """
            SELECT b.seq FROM batches b INDEXED BY batches_completed
             WHERE b.completed_at < ? AND b.completed_at IS NOT NULL AND b.stage = 'settled'
             ORDER BY b.completed_at LIMIT 1\
            """);
    query.setLong(1, before);
    try (var row = query.executeQuery()) {
      return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
    }
  }

  private static int drop(Transaction transaction, long batch, int atMost) throws SQLException {
    var requests =
        transaction.prepare(
            """
            DELETE FROM batch_requests
             WHERE batch = ?1
                   AND n < (SELECT min(n) FROM batch_requests WHERE batch = ?1) + ?2\
            """);
    requests.setLong(1, batch);
    requests.setInt(2, atMost);
    var dropped = requests.executeUpdate();
    if (dropped > 0) {
      return dropped;
    }
    var row = transaction.prepare("DELETE FROM batches WHERE seq = ?");
    row.setLong(1, batch);
    return row.executeUpdate();
  }
}
