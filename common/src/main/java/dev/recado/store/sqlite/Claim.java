package dev.recado.store.sqlite;

import static java.util.Comparator.comparing;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobState;
import dev.recado.job.Priority;
import dev.recado.job.WorkerId;
import dev.recado.store.sqlite.Statistics.Measure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes due jobs for a worker: by priority, and within one first come first served; but {@link
 * OldestFirst one in so many} by age alone.
 */
record Claim(WorkerId worker, int atMost) implements WriteCommand<List<ClaimedJob>> {
  // INDEXED BY: without it the planner may walk the whole table in order of seq instead.
  private static final String CLAIM =
      """
      UPDATE jobs
         SET state = 'processing', attempt = attempt + 1, owner = ?1,
             reclaimed_at = CASE WHEN started_at IS NOT NULL THEN ?2 END,
             started_at = coalesce(started_at, ?2)
       WHERE seq IN (SELECT seq FROM jobs INDEXED BY %s
                      WHERE state = 'queued' AND run_after IS NULL AND %s
                      ORDER BY priority, seq LIMIT ?3)
      RETURNING %s\
      """;
  private static final String CLAIM_SOUND =
      CLAIM.formatted("jobs_waiting", "crashes < 2", JobRows.CLAIM_COLUMNS);
  private static final String CLAIM_UNREFUSED =
      CLAIM.formatted(
          "jobs_waiting", "crashes < 2 AND failures + throttles = 0", JobRows.CLAIM_COLUMNS);

  // Not jobs_waiting: looking for one suspect there, which may wait for its retry, reads it all.
  private static final String CLAIM_SUSPECT =
      CLAIM.formatted(
          "jobs_suspect",
          "crashes >= 2 AND state IN ('queued', 'processing')",
          JobRows.CLAIM_COLUMNS);

  private static final String OLDEST =
      """
      SELECT seq FROM (SELECT seq FROM jobs INDEXED BY jobs_waiting
                        WHERE state = 'queued' AND run_after IS NULL AND crashes < 2
                              AND priority = %d
                        ORDER BY seq LIMIT ?3)\
      """;
  private static final String CLAIM_OLDEST =
      """
      UPDATE jobs
         SET state = 'processing', attempt = attempt + 1, owner = ?1,
             reclaimed_at = CASE WHEN started_at IS NOT NULL THEN ?2 END,
             started_at = coalesce(started_at, ?2)
       WHERE seq IN (%s UNION ALL %s UNION ALL %s ORDER BY seq LIMIT ?3)
      RETURNING %s\
      """
          .formatted(
              OLDEST.formatted(0), OLDEST.formatted(1), OLDEST.formatted(2), JobRows.CLAIM_COLUMNS);

  /**
   * The first and the last of the priorities that wait, of a worker with a lease, unless paused.
   */
  private static final String LINE =
      """
      SELECT (SELECT priority FROM jobs INDEXED BY jobs_waiting
               WHERE state = 'queued' AND run_after IS NULL ORDER BY priority LIMIT 1),
             (SELECT priority FROM jobs INDEXED BY jobs_waiting
               WHERE state = 'queued' AND run_after IS NULL ORDER BY priority DESC LIMIT 1)
        FROM workers WHERE id = ? AND lease_until >= ? AND %s\
      """
          .formatted(Pause.IS_OFF);

  @Override
  public List<ClaimedJob> apply(Transaction transaction) throws SQLException {
    var line = line(transaction);
    if (line.isEmpty()) {
      return List.of();
    }
    return line.get().isNobody()
        ? transaction.arrivals().take(worker, atMost)
        : fromLine(transaction, line.get());
  }

  private List<ClaimedJob> fromLine(Transaction transaction, Waiters line) throws SQLException {
    var claimed = new ArrayList<ClaimedJob>();
    if (mayTakeSuspect(transaction)) {
      take(transaction, CLAIM_SUSPECT, 1, claimed);
    }
    if (line.isMixedWith(transaction.arrivals())) {
      transaction.arrivals().enqueue(); // now that others have to be looked at before them
      var turns = transaction.oldestFirst().of(atMost);
      take(transaction, CLAIM_OLDEST, Math.min(turns, atMost - claimed.size()), claimed);
    }
    take(transaction, CLAIM_SOUND, atMost - claimed.size(), claimed);
    // RETURNING has no order of its own.
    claimed.sort(comparing(ClaimedJob::priority).thenComparingLong(ClaimedJob::seq));
    claimed.addAll(transaction.arrivals().take(worker, atMost - claimed.size()));
    return claimed;
  }

  @Override
  public Turn turn() {
    return Turn.CLAIMS;
  }

  /** Takes one job, before all others one that no model has refused. */
  record Probe(WorkerId worker) implements WriteCommand<List<ClaimedJob>> {
    @Override
    public List<ClaimedJob> apply(Transaction transaction) throws SQLException {
      var claim = new Claim(worker, 1);
      var unrefused = new ArrayList<ClaimedJob>();
      if (claim.line(transaction).isPresent()) {
        claim.take(transaction, CLAIM_UNREFUSED, 1, unrefused);
      }
      return unrefused.isEmpty() ? claim.apply(transaction) : unrefused;
    }
  }

  /** Who waits, unless this worker has no lease or nothing is to be started. */
  private Optional<Waiters> line(Transaction transaction) throws SQLException {
    var query = transaction.prepare(LINE);
    query.setString(1, worker.value());
    query.setLong(2, transaction.now());
    try (var row = query.executeQuery()) {
      return row.next() ? Optional.of(Waiters.read(row)) : Optional.empty();
    }
  }

  /** The priorities, as they are stored, of the first and the last in line. */
  private record Waiters(int first, int last) {
    private static final Waiters NOBODY = new Waiters(-1, -1);

    static Waiters read(ResultSet row) throws SQLException {
      var first = row.getInt(1);
      return row.wasNull() ? NOBODY : new Waiters(first, row.getInt(2));
    }

    boolean isNobody() {
      return equals(NOBODY);
    }

    boolean isMixedWith(Arrivals arrivals) {
      return first != last || (!arrivals.isEmpty() && last > Priority.NORMAL.rank());
    }
  }

  private boolean mayTakeSuspect(Transaction transaction) throws SQLException {
    var query =
        transaction.prepare(
            """
            SELECT count(*) FILTER (WHERE state = 'queued' AND run_after IS NULL) > 0
                   AND count(*) FILTER (WHERE state = 'processing' AND owner = ?) = 0
              FROM jobs INDEXED BY jobs_suspect
             WHERE crashes >= 2 AND state IN ('queued', 'processing')\
            """);
    query.setString(1, worker.value());
    try (var row = query.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private void take(Transaction transaction, String sql, int limit, List<ClaimedJob> into)
      throws SQLException {
    var update = transaction.prepare(sql);
    update.setString(1, worker.value());
    update.setLong(2, transaction.now());
    update.setInt(3, limit);
    try (var rows = update.executeQuery()) {
      while (rows.next()) {
        into.add(taken(transaction, rows));
      }
    }
  }

  private ClaimedJob taken(Transaction transaction, ResultSet row) throws SQLException {
    var query = transaction.prepare("SELECT input FROM job_inputs WHERE seq = ?");
    query.setLong(1, row.getLong(1));
    try (var asked = query.executeQuery()) {
      asked.next();
      var job = JobRows.claimed(row, asked.getString(1), worker, transaction.now());
      transaction.counters().moved(Account.of(job), JobState.QUEUED, JobState.PROCESSING);
      if (job.attempt() == 1) {
        transaction.statistics().took(job.tenant(), Measure.QUEUE_TIME, job.dueAt().toEpochMilli());
      }
      return job;
    }
  }
}
