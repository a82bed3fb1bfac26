package dev.recado.store.sqlite;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import dev.recado.store.HistoryEntry;
import dev.recado.store.HistoryEntry.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What did not go as planned in the lives of jobs. */
final class History {
  /** So many attempts of a job are remembered: an outage may go through hundreds. */
  private static final int MOST_ATTEMPTS = 100;

  private static final String OF_JOB =
      """
      SELECT h.at, h.attempt, h.event, h.code, h.message, h.provider_status, h.worker, h.until
        FROM jobs j JOIN job_history h USING (seq)
       WHERE j.id = ? AND j.tenant = ? ORDER BY h.attempt, h.at\
      """;

  private History() {}

  static List<HistoryEntry> of(Statements statements, Tenant tenant, JobId id) throws SQLException {
    var query = statements.prepare(OF_JOB);
    query.setString(1, id.value());
    query.setString(2, tenant.name());
    try (var row = query.executeQuery()) {
      var entries = new ArrayList<HistoryEntry>();
      while (row.next()) {
        entries.add(entry(row));
      }
      return entries;
    }
  }

  private static HistoryEntry entry(ResultSet row) throws SQLException {
    var status = row.getInt("provider_status");
    var providerStatus = row.wasNull() ? null : status;
    return new HistoryEntry(
        Instant.ofEpochMilli(row.getLong("at")),
        row.getInt("attempt"),
        Event.valueOf(row.getString("event").toUpperCase(Locale.ROOT)),
        row.getString("code"),
        row.getString("message"),
        providerStatus,
        row.getString("worker"),
        JobRows.instant(row, "until"));
  }

  /** While the attempt still has its worker. */
  static void add(
      Transaction transaction,
      ClaimedJob job,
      Event event,
      @Nullable JobError error,
      @Nullable Instant until)
      throws SQLException {
    if (job.attempt() > MOST_ATTEMPTS) {
      return;
    }
    var insert =
        transaction.prepare(
            """
            INSERT OR REPLACE INTO job_history
                   (seq, attempt, event, at, code, message, provider_status, worker, until)
            SELECT seq, attempt, ?, ?, ?, ?, ?, owner, ? FROM jobs
             WHERE seq = ? AND id = ? AND state = 'processing' AND attempt = ?\
            """);
    insert.setString(1, event.wireName());
    insert.setLong(2, transaction.now());
    insert.setString(3, error == null ? null : error.code().wireName());
    insert.setString(4, error == null ? null : error.message());
    if (error == null || error.providerStatus() == null) {
      insert.setNull(5, Types.INTEGER);
    } else {
      insert.setInt(5, error.providerStatus());
    }
    if (until == null) {
      insert.setNull(6, Types.BIGINT);
    } else {
      insert.setLong(6, until.toEpochMilli());
    }
    insert.setLong(7, job.seq());
    insert.setString(8, job.id().value());
    insert.setInt(9, job.attempt());
    insert.executeUpdate();
  }

  /**
   * For all jobs of this condition that are being run.
   *
   * @param condition its {@code ?1} is the given value
   */
  static void addAll(Transaction transaction, Event event, String condition, Object value)
      throws SQLException {
    var insert =
        transaction.prepare(
            """
            INSERT OR REPLACE INTO job_history (seq, attempt, event, at, worker)
            SELECT seq, attempt, ?2, ?3, owner FROM jobs
             WHERE attempt <= ?4 AND %s\
            """
                .formatted(condition));
    insert.setObject(1, value);
    insert.setString(2, event.wireName());
    insert.setLong(3, transaction.now());
    insert.setInt(4, MOST_ATTEMPTS);
    insert.executeUpdate();
  }
}
