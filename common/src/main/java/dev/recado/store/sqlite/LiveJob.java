package dev.recado.store.sqlite;

import dev.recado.job.Ending;
import dev.recado.job.ErrorCode;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job that has not ended, as somebody reads it who is about to end it over its worker's head. Its
 * owner stays on the row until that worker has noticed (jobs_taken_away).
 */
record LiveJob(long seq, JobId id, Account account, JobState state) {
  /** Of a row of jobs {@code j}. */
  static final String COLUMNS =
      "j.seq, j.id, j.state, j.tenant, j.priority, j.attempt, j.run_after, j.batch";

  /** All that are left of these rows. */
  static List<LiveJob> all(ResultSet row) throws SQLException {
    var live = new ArrayList<LiveJob>();
    while (row.next()) {
      live.add(read(row));
    }
    return live;
  }

  static LiveJob read(ResultSet row) throws SQLException {
    return new LiveJob(
        row.getLong("seq"),
        new JobId(row.getString("id")),
        JobRows.accountOfAny(row),
        JobRows.state(row.getString("state")));
  }

  void cancel(Transaction transaction) throws SQLException {
    end(transaction, JobState.CANCELED, null);
  }

  /**
   * @param failure why, if it failed
   */
  void end(Transaction transaction, JobState end, @Nullable ErrorCode failure) throws SQLException {
    var update =
        transaction.prepare(
            """
            UPDATE jobs SET state = ?, completed_at = ?, run_after = NULL, error_code = ?
             WHERE seq = ?\
            """);
    update.setString(1, end.wireName());
    update.setLong(2, transaction.now());
    update.setString(3, failure == null ? null : failure.wireName());
    update.setLong(4, seq);
    update.executeUpdate();
    transaction.counters().moved(account, state, end);
  }

  Ending ending(JobState end) {
    return new Ending(id, state, end);
  }
}
