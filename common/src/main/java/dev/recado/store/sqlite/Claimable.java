package dev.recado.store.sqlite;

import dev.recado.job.JobId;
import dev.recado.store.JobStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The jobs that a claim would find now: those at the head of the line. */
final class Claimable {
  /** Of the WHERE of whoever looks for them; the index jobs_waiting begins with them. */
  static final String IN_LINE = "state = 'queued' AND run_after IS NULL";

  private static final String COUNT =
      """
      SELECT count(*) FROM (SELECT 1 FROM jobs INDEXED BY jobs_waiting WHERE %s LIMIT ?)\
      """
          .formatted(IN_LINE);
  private static final String ANY =
      """
      SELECT 1 FROM jobs INDEXED BY jobs_waiting
       WHERE %s AND %s LIMIT 1\
      """
          .formatted(IN_LINE, Pause.IS_OFF);
  private static final String FIRST =
      """
      SELECT id FROM jobs INDEXED BY jobs_waiting
       WHERE %s AND %s ORDER BY priority, seq LIMIT %d\
      """
          .formatted(IN_LINE, Pause.IS_OFF, JobStore.FIRST_IN_LINE);

  private final Readers readers;

  Claimable(Readers readers) {
    this.readers = readers;
  }

  /** How many there are, up to a bound, also while the queue is paused. */
  int count(int atMost) {
    return readers.read(statements -> {
      var query = statements.prepare(COUNT);
      query.setInt(1, atMost);
      try (var row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    });
  }

  boolean isAny() {
    return readers.exists(ANY);
  }

  /** The first {@link JobStore#FIRST_IN_LINE}. */
  List<JobId> first() {
    return readers.read(Claimable::first);
  }

  private static List<JobId> first(Statements statements) throws SQLException {
    try (var row = statements.prepare(FIRST).executeQuery()) {
      var ids = new ArrayList<JobId>();
      while (row.next()) {
        ids.add(new JobId(row.getString(1)));
      }
      return ids;
    }
  }
}
