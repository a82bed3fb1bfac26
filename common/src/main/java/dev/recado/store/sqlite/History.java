package dev.recado.store.sqlite;

import dev.recado.job.ClaimedJob;
import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import dev.recado.store.HistoryEntry;
import dev.recado.store.HistoryEntry.Event;
import dev.recado.store.LastClaim;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who was at jobs, and what did not go as planned in their lives. */
final class History {
  /** The first attempts of a job are remembered: an outage may go through hundreds. */
  private static final int MOST_ATTEMPTS = 100;

  /** Of the attempt that a row of jobs is at; null of one before it was noted. */
  private static final String CLAIMED_AT =
      "CASE attempt WHEN 1 THEN started_at ELSE reclaimed_at END";

  /** How many answers to a row of jobs made no sense; not looked for where nothing has failed. */
  static final String NONSENSE =
      """
      CASE WHEN failures > 0
           THEN (SELECT count(*) FROM job_history h
                  WHERE h.seq = jobs.seq AND h.event = 'retry' AND h.code = '%s')
           ELSE 0 END\
      """
          .formatted(ErrorCode.PROVIDER_BAD_RESPONSE.wireName());

  private static final String OF_JOB =
      """
      SELECT h.at, h.attempt, h.event, h.code, h.message, h.provider_status, h.worker, h.until,
             h.claimed_at
        FROM jobs j JOIN job_history h USING (seq)
       WHERE j.id = ? AND j.tenant = ? ORDER BY h.attempt, h.at\
      """;

  private static final String ADD =
      """
      INSERT OR REPLACE INTO job_history
             (seq, attempt, event, at, code, message, provider_status, worker, until,
              claimed_at)
      SELECT seq, attempt, ?, ?, ?, ?, ?, owner, ?, %s FROM jobs WHERE %s\
      """
          .formatted(CLAIMED_AT, Fence.HOLDS);

  private static final String LAST_CLAIM =
      """
      SELECT attempt, %s AS at, coalesce(owner, worker) AS worker
        FROM jobs LEFT JOIN job_outputs USING (seq) WHERE id = ? AND tenant = ?\
      """
          .formatted(CLAIMED_AT);

  private History() {}

  /** How a job was taken last. Its owner is on its row while it has one. */
  static Optional<LastClaim> lastClaim(Statements statements, Tenant tenant, JobId id)
      throws SQLException {
    var query = statements.prepare(LAST_CLAIM);
    query.setString(1, id.value());
    query.setString(2, tenant.name());
    try (var row = query.executeQuery()) {
      var at = row.next() ? JobRows.instant(row, "at") : null;
      return at == null
          ? Optional.empty()
          : Optional.of(new LastClaim(row.getInt("attempt"), at, row.getString("worker")));
    }
  }

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
        JobRows.instant(row, "until"),
        JobRows.instant(row, "claimed_at"));
  }

  /** While the attempt still has its worker. */
  static void add(
      Transaction transaction,
      ClaimedJob job,
      Event event,
      @Nullable JobError error,
      @Nullable Instant until)
      throws SQLException {
    if (job.attempt() > MOST_ATTEMPTS && !isCounted(event, error)) {
      return;
    }
    var insert = transaction.prepare(ADD);
    insert.setString(1, event.wireName());
    insert.setLong(2, transaction.now());
    insert.setString(3, error == null ? null : error.code().wireName());
    insert.setString(4, error == null ? null : error.message());
    NullableNumber.set(insert, 5, error == null ? null : error.providerStatus());
    NullableNumber.set(insert, 6, until == null ? null : until.toEpochMilli());
    Fence.set(insert, 7, job);
    insert.executeUpdate();
  }

  /** As {@link #NONSENSE} does, by which it is decided about retries: a few in a job's life. */
  private static boolean isCounted(Event event, @Nullable JobError error) {
    return event == Event.RETRY && error != null && error.code() == ErrorCode.PROVIDER_BAD_RESPONSE;
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
            INSERT OR REPLACE INTO job_history (seq, attempt, event, at, worker, claimed_at)
            SELECT seq, attempt, ?2, ?3, owner, %s FROM jobs
             WHERE attempt <= ?4 AND %s\
            """
                .formatted(CLAIMED_AT, condition));
    insert.setObject(1, value);
    insert.setString(2, event.wireName());
    insert.setLong(3, transaction.now());
    insert.setInt(4, MOST_ATTEMPTS);
    insert.executeUpdate();
  }
}
