package dev.recado.store.sqlite;

import java.sql.SQLException;

/**
 * The next rows that retention looks at, by their numbers. They are few, as the write lock is held
 * meanwhile, and all of them may be live or young.
 *
 * @param first the number of the first row
 * @param end up to which number, which is not among them
 * @param next where the next window begins
 */
record Window(long first, long end, long next) {
  /** Where a way begins. */
  static final long START = 0;

  /** Where a way has ended. */
  static final long NOTHING_LEFT = Long.MAX_VALUE;

  private static final long ROWS = 5_000;

  /** Of a table with numbered rows, from this number on and before that one. */
  static Window of(Transaction transaction, String table, long from, long before)
      throws SQLException {
    var query =
        transaction.prepare(
            "SELECT (SELECT min(seq) FROM %1$s WHERE seq >= ?), (SELECT max(seq) FROM %1$s)"
                .formatted(table));
    query.setLong(1, from);
    try (var row = query.executeQuery()) {
      row.next();
      var first = row.getLong(1);
      if (row.wasNull() || first >= before) {
        return new Window(NOTHING_LEFT, NOTHING_LEFT, NOTHING_LEFT);
      }
      var end = Math.min(before, row.getLong(2) + 1);
      return end - first > ROWS
          ? new Window(first, first + ROWS, first + ROWS)
          : new Window(first, end, NOTHING_LEFT);
    }
  }
}
