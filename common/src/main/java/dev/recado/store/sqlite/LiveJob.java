package dev.recado.store.sqlite;

import dev.recado.job.Ending;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

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
    var update =
        transaction.prepare(
            "UPDATE jobs SET state = 'canceled', completed_at = ?, run_after = NULL WHERE seq = ?");
    update.setLong(1, transaction.now());
    update.setLong(2, seq);
    update.executeUpdate();
    transaction.counters().moved(account, state, JobState.CANCELED);
  }

  Ending ending(JobState end) {
    return new Ending(id, state, end);
  }
}
