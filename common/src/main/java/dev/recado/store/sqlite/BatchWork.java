package dev.recado.store.sqlite;

import dev.recado.batch.BatchStore;
import dev.recado.batch.BatchTending;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.store.JobStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The next piece of what batches have left to do: jobs of an accepted one are put into the queue,
 * those of a canceled one are canceled, those of an abandoned one dropped. Each piece is small, so
 * that others can write in between.
 */
record BatchWork() implements WriteCommand<BatchTending> {
  private static final String UNSETTLED =
      """
      FROM batches INDEXED BY batches_unsettled
      WHERE stage <> 'settled' AND (stage <> 'filling' OR touched < ?)
      ORDER BY stage LIMIT 1\
      """;

  private static final String PIECE =
      "SELECT seq FROM batch_requests WHERE batch = ?1 AND n >= ?2 AND n < ?3";

  // NOT INDEXED: or the planner reads all hidden jobs to find those of the piece.
  static final String RELEASE =
      """
      UPDATE jobs NOT INDEXED SET run_after = CASE WHEN run_at > ?4 THEN run_at END
       WHERE seq IN (%s) AND batch = ?1 AND state = 'queued' AND run_after = ?5
      RETURNING id, tenant, priority, batch, run_after IS NULL AS is_due\
      """
          .formatted(PIECE);

  /** Whether there is anything to do, asked of a reader so that no lock is taken in vain. */
  static boolean isDue(Statements statements, long now) throws SQLException {
    var query = statements.prepare("SELECT 1 " + UNSETTLED);
    query.setLong(1, now - BatchStore.PATIENCE.toMillis());
    try (var row = query.executeQuery()) {
      return row.next();
    }
  }

  private record Unsettled(long seq, String stage, int progress) {
    static Unsettled read(ResultSet row) throws SQLException {
      return new Unsettled(row.getLong(1), row.getString(2), row.getInt(3));
    }
  }

  @Override
  public BatchTending apply(Transaction transaction) throws SQLException {
    var next = next(transaction);
    if (next.isEmpty()) {
      return BatchTending.NOTHING;
    }
    var batch = next.get();
    return switch (batch.stage()) {
      case "releasing" -> new BatchTending(true, release(transaction, batch), List.of());
      case "canceling" -> cancel(transaction, batch);
      default -> drop(transaction, batch);
    };
  }

  private static Optional<Unsettled> next(Transaction transaction) throws SQLException {
    var query = transaction.prepare("SELECT seq, stage, progress " + UNSETTLED);
    query.setLong(1, transaction.now() - BatchStore.PATIENCE.toMillis());
    try (var row = query.executeQuery()) {
      return row.next() ? Optional.of(Unsettled.read(row)) : Optional.empty();
    }
  }

  // ---- accepted ----

  private static List<JobId> release(Transaction transaction, Unsettled batch) throws SQLException {
    var update = transaction.prepare(RELEASE);
    setPiece(update, batch);
    update.setLong(4, transaction.now());
    update.setLong(5, Arrivals.HIDDEN);
    var released = new ArrayList<JobId>();
    try (var row = update.executeQuery()) {
      while (row.next()) {
        if (row.getBoolean("is_due")) {
          transaction.counters().cameDue(JobRows.account(row));
          released.add(new JobId(row.getString("id")));
        }
      }
    }
    advance(transaction, batch);
    return released.subList(0, Math.min(released.size(), JobStore.FIRST_IN_LINE));
  }

  // ---- canceled ----

  private static BatchTending cancel(Transaction transaction, Unsettled batch) throws SQLException {
    var live = live(transaction, batch);
    for (var job : live) {
      job.cancel(transaction);
    }
    advance(transaction, batch);
    var endings = live.stream().map(job -> job.ending(JobState.CANCELED)).toList();
    return new BatchTending(true, List.of(), endings);
  }

  private static List<LiveJob> live(Transaction transaction, Unsettled batch) throws SQLException {
    var query =
        transaction.prepare(
            """
            SELECT %s
              FROM batch_requests r CROSS JOIN jobs j ON j.seq = r.seq AND j.batch = r.batch
             WHERE r.batch = ?1 AND r.n >= ?2 AND r.n < ?3
                   AND j.state IN ('queued', 'processing')\
            """
                .formatted(LiveJob.COLUMNS));
    setPiece(query, batch);
    try (var row = query.executeQuery()) {
      return LiveJob.all(row);
    }
  }

  // ---- abandoned ----

  private static BatchTending drop(Transaction transaction, Unsettled batch) throws SQLException {
    for (var table : Erasure.TEXT_TABLES) {
      var delete = transaction.prepare("DELETE FROM %s WHERE seq IN (%s)".formatted(table, PIECE));
      setPiece(delete, batch);
      delete.executeUpdate();
    }
    dropJobs(transaction, batch);
    var delete =
        transaction.prepare("DELETE FROM batch_requests WHERE batch = ?1 AND n >= ?2 AND n < ?3");
    setPiece(delete, batch);
    delete.executeUpdate();
    if (!advance(transaction, batch)) {
      var last = transaction.prepare("DELETE FROM batches WHERE seq = ?");
      last.setLong(1, batch.seq());
      last.executeUpdate();
    }
    return new BatchTending(true, List.of(), List.of());
  }

  private static void dropJobs(Transaction transaction, Unsettled batch) throws SQLException {
    // With their state as it was: some may have expired meanwhile.
    var delete =
        transaction.prepare(
            """
            DELETE FROM jobs WHERE seq IN (%s) AND batch = ?1
            RETURNING state, tenant, priority, attempt, run_after, batch\
            """
                .formatted(PIECE));
    setPiece(delete, batch);
    try (var row = delete.executeQuery()) {
      while (row.next()) {
        transaction
            .counters()
            .dropped(JobRows.accountOfAny(row), JobRows.state(row.getString("state")));
      }
    }
  }

  // ---- all ----

  /** The first three parameters of a statement on the requests of this piece. */
  private static void setPiece(PreparedStatement statement, Unsettled batch) throws SQLException {
    statement.setLong(1, batch.seq());
    statement.setInt(2, batch.progress());
    statement.setInt(3, batch.progress() + BatchStore.PIECE);
  }

  /** On to the next piece; false if this was the last, and there is nothing left to do. */
  private static boolean advance(Transaction transaction, Unsettled batch) throws SQLException {
    var to = batch.progress() + BatchStore.PIECE;
    var hasMore = hasFrom(transaction, batch, to);
    var update =
        transaction.prepare(
            hasMore
                ? "UPDATE batches SET progress = ? WHERE seq = ?"
                : "UPDATE batches SET progress = ?, stage = 'settled' WHERE seq = ?");
    update.setInt(1, to);
    update.setLong(2, batch.seq());
    update.executeUpdate();
    return hasMore;
  }

  private static boolean hasFrom(Transaction transaction, Unsettled batch, int n)
      throws SQLException {
    var query =
        transaction.prepare("SELECT 1 FROM batch_requests WHERE batch = ? AND n >= ? LIMIT 1");
    query.setLong(1, batch.seq());
    query.setInt(2, n);
    try (var row = query.executeQuery()) {
      return row.next();
    }
  }
}
