package dev.recado.store.sqlite;

import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import dev.recado.store.EraseOutcome;
import java.sql.SQLException;
import java.util.List;

/** Deletes the texts of a finished job and leaves its row as a tombstone. */
record Erasure(Tenant tenant, JobId id) implements WriteCommand<EraseOutcome> {
  /** Where jobs keep what was asked and answered. What a running attempt says goes with its end. */
  static final List<String> TEXT_TABLES = List.of("job_inputs", "job_outputs");

  @Override
  public EraseOutcome apply(Transaction transaction) throws SQLException {
    var query = transaction.prepare("SELECT seq, state FROM jobs WHERE id = ? AND tenant = ?");
    query.setString(1, id.value());
    query.setString(2, tenant.name());
    try (var row = query.executeQuery()) {
      if (!row.next()) {
        return EraseOutcome.UNKNOWN;
      }
      if (!JobRows.state(row.getString("state")).isTerminal()) {
        return EraseOutcome.STILL_LIVE;
      }
      eraseTexts(transaction, row.getLong("seq"));
      return EraseOutcome.ERASED;
    }
  }

  static void eraseTexts(Transaction transaction, long seq) throws SQLException {
    for (var table : TEXT_TABLES) {
      var delete = transaction.prepare("DELETE FROM " + table + " WHERE seq = ?");
      delete.setLong(1, seq);
      delete.executeUpdate();
    }
  }
}
