package dev.recado.store.sqlite;

import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.lifecycle.FailPoint;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Erases old texts and drops old tombstones, oldest first. A job with a row in job_inputs is not
 * erased yet, so that table is its own list of what is left to do.
 */
record Purge(Duration retention) implements WriteCommand<Integer> {
  private static final int BATCH = 500;

  @Override
  public Integer apply(Transaction transaction) throws SQLException {
    Minutes.forgetOld(transaction);
    return eraseTexts(transaction)
        + dropTombstones(transaction)
        + BatchPurge.apply(transaction, retention, BATCH);
  }

  private int eraseTexts(Transaction transaction) throws SQLException {
    var cutoff = transaction.now() - retention.toMillis();
    var old =
        selectOld(
            transaction,
            """
            SELECT seq, j.state, j.tenant, j.priority FROM job_inputs CROSS JOIN jobs j USING (seq)
             WHERE j.completed_at < ?1
               AND seq < coalesce(
                   (SELECT seq FROM jobs WHERE id >= ?2 ORDER BY id LIMIT 1), 9e18)
             ORDER BY seq LIMIT ?3\
            """,
            cutoff);
    for (var job : old) {
      Erasure.eraseTexts(transaction, job.seq());
      FailPoint.MID_PURGE.reached();
    }
    return old.size();
  }

  private int dropTombstones(Transaction transaction) throws SQLException {
    var cutoff = transaction.now() - 2 * retention.toMillis();
    var old =
        selectOld(
            transaction,
            """
            SELECT seq, state, tenant, priority FROM jobs
             WHERE completed_at < ?1 AND id < ?2 ORDER BY id LIMIT ?3\
            """,
            cutoff);
    for (var job : old) {
      drop(transaction, job);
    }
    return old.size();
  }

  private record Old(long seq, Account account, JobState state) {}

  private static List<Old> selectOld(Transaction transaction, String sql, long cutoff)
      throws SQLException {
    var select = transaction.prepare(sql);
    select.setLong(1, cutoff);
    select.setString(2, JobId.earliestAt(Instant.ofEpochMilli(cutoff)).value());
    select.setInt(3, BATCH);
    var old = new ArrayList<Old>();
    try (var row = select.executeQuery()) {
      while (row.next()) {
        old.add(
            new Old(row.getLong(1), JobRows.accountAlone(row), JobRows.state(row.getString(2))));
      }
    }
    return old;
  }

  private static void drop(Transaction transaction, Old job) throws SQLException {
    Erasure.eraseTexts(transaction, job.seq());
    KeyedSubmission.forget(transaction, job.seq());
    var delete = transaction.prepare("DELETE FROM jobs WHERE seq = ?");
    delete.setLong(1, job.seq());
    delete.executeUpdate();
    transaction.counters().left(job.account(), job.state());
  }
}
