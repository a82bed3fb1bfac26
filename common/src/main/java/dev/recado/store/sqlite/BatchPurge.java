package dev.recado.store.sqlite;

import java.sql.SQLException;
import java.util.Optional;

/** What retention does to batches: their labels go with the texts, they with the tombstones. */
final class BatchPurge {
  private BatchPurge() {}

  /** Of the batches in this window that completed before then; returns of how many. */
  static int eraseLabels(Transaction transaction, Window window, long before) throws SQLException {
    var update =
        transaction.prepare(
            """
            UPDATE batches NOT INDEXED SET metadata = NULL
             WHERE seq >= ? AND seq < ? AND completed_at < ? AND metadata IS NOT NULL\
            """);
    update.setLong(1, window.first());
    update.setLong(2, window.end());
    update.setLong(3, before);
    return update.executeUpdate();
  }

  /** The oldest that completed before then, so many requests at a time; returns how many rows. */
  static int dropOldest(Transaction transaction, long before, int atMost) throws SQLException {
    var old = oldest(transaction, before);
    return old.isEmpty() ? 0 : drop(transaction, old.get(), atMost);
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
