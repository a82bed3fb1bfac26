package dev.recado.store.sqlite;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobState;
import dev.recado.job.Priority;
import dev.recado.job.WorkerId;
import dev.recado.store.JobStore;
import dev.recado.store.Models;
import dev.recado.store.sqlite.Statistics.Measure;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes due jobs for a worker: by priority, and within one first come first served; but {@link
 * OldestFirst one in so many} by age alone.
 */
record Claim(WorkerId worker, int atMost) implements WriteCommand<List<ClaimedJob>> {
  private static final String SOUND = "crashes < " + JobStore.SUSPECT_AFTER_CRASHES;

  /** In the words of the index jobs_suspect. */
  private static final String SUSPECT =
      "crashes >= " + JobStore.SUSPECT_AFTER_CRASHES + " AND state IN ('queued', 'processing')";

  private static final String CLAIM =
      """
      UPDATE jobs
         SET state = 'processing', attempt = attempt + 1, owner = ?1,
             reclaimed_at = CASE WHEN started_at IS NOT NULL THEN ?2 END,
             started_at = coalesce(started_at, ?2)
       WHERE seq IN (%s)
      RETURNING
      """
          + JobRows.CLAIM_COLUMNS;

  // INDEXED BY: without it the planner may walk the whole table in order of seq instead.
  private static final String FIRST =
      "SELECT seq FROM jobs INDEXED BY %s WHERE %s AND %s ORDER BY priority, seq LIMIT ?3";
  private static final String CLAIM_SOUND =
      CLAIM.formatted(FIRST.formatted("jobs_waiting", Claimable.IN_LINE, SOUND));

  // Not jobs_waiting: looking for one suspect there, which may wait for its retry, reads it all.
  private static final String CLAIM_SUSPECT =
      CLAIM.formatted(FIRST.formatted("jobs_suspect", Claimable.IN_LINE, SUSPECT));

  private static final String CLAIM_OLDEST =
      CLAIM.formatted(
          Stream.of(Priority.values())
                  .map(priority ->
                      """
                      SELECT seq FROM (SELECT seq FROM jobs INDEXED BY jobs_waiting
                                        WHERE %s AND %s AND priority = %d
                                        ORDER BY seq LIMIT ?3)\
                      """
                          .formatted(Claimable.IN_LINE, SOUND, priority.rank()))
                  .collect(joining(" UNION ALL "))
              + " ORDER BY seq LIMIT ?3");

  /** From both ends, as one model's jobs may be all that stands at the head. */
  private static final String ONE_OF =
      """
      SELECT seq FROM (SELECT * FROM (%1$s ORDER BY priority, seq LIMIT %2$d)
                        UNION ALL
                       SELECT * FROM (%1$s ORDER BY priority DESC, seq DESC LIMIT %2$d))
       WHERE (coalesce(model, ?4) IN (SELECT value FROM json_each(?5))) = ?6
       ORDER BY was_refused, priority, seq LIMIT ?3\
      """;

  private static final String CANDIDATES =
      """
      SELECT seq, priority, model, failures + throttles > 0 AS was_refused
        FROM jobs INDEXED BY %s WHERE %s AND %s\
      """;
  private static final String FIND_SOUND =
      ONE_OF.formatted(
          CANDIDATES.formatted("jobs_waiting", Claimable.IN_LINE, SOUND),
          JobStore.LOOKED_AT_FOR_ONE);
  private static final String FIND_SUSPECT =
      ONE_OF.formatted(
          CANDIDATES.formatted("jobs_suspect", Claimable.IN_LINE, SUSPECT),
          JobStore.LOOKED_AT_FOR_ONE);

  /**
   * The first and the last of the priorities that wait, of a worker with a lease, unless paused.
   */
  private static final String LINE =
      """
      SELECT (SELECT priority FROM jobs INDEXED BY jobs_waiting
               WHERE %1$s ORDER BY priority LIMIT 1),
             (SELECT priority FROM jobs INDEXED BY jobs_waiting
               WHERE %1$s ORDER BY priority DESC LIMIT 1)
        FROM workers WHERE id = ? AND lease_until >= ? AND %2$s\
      """
          .formatted(Claimable.IN_LINE, Pause.IS_OFF);

  private static final String MAY_TAKE_SUSPECT =
      """
      SELECT count(*) FILTER (WHERE %s) > 0
             AND count(*) FILTER (WHERE state = 'processing' AND owner = ?) = 0
        FROM jobs INDEXED BY jobs_suspect WHERE %s\
      """
          .formatted(Claimable.IN_LINE, SUSPECT);

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

  /** Takes one job of these models, before all others one that was never refused. */
  record One(WorkerId worker, Models models, String usualModel)
      implements WriteCommand<List<ClaimedJob>> {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Asked of a reader first: the look takes milliseconds, and would keep writers waiting. */
    boolean isThere(Statements statements) throws SQLException {
      return isThere(statements, FIND_SOUND) || isThere(statements, FIND_SUSPECT);
    }

    private boolean isThere(Statements statements, String sql) throws SQLException {
      var query = choosing(statements.prepare(sql));
      query.setInt(3, 1);
      try (var row = query.executeQuery()) {
        return row.next();
      }
    }

    @Override
    public List<ClaimedJob> apply(Transaction transaction) throws SQLException {
      var claim = new Claim(worker, 1);
      var claimed = new ArrayList<ClaimedJob>();
      if (claim.line(transaction).isPresent()) {
        take(claim, transaction, FIND_SOUND, claimed);
        if (claimed.isEmpty() && claim.mayTakeSuspect(transaction)) {
          take(claim, transaction, FIND_SUSPECT, claimed);
        }
      }
      return claimed;
    }

    private void take(Claim claim, Transaction transaction, String sql, List<ClaimedJob> into)
        throws SQLException {
      claim.take(transaction, choosing(transaction.prepare(CLAIM.formatted(sql))), 1, into);
    }

    private PreparedStatement choosing(PreparedStatement statement) throws SQLException {
      statement.setString(4, usualModel);
      statement.setString(5, MAPPER.writeValueAsString(named()));
      statement.setBoolean(6, models instanceof Models.Only);
      return statement;
    }

    private Set<String> named() {
      return switch (models) {
        case Models.Only(var model) -> Set.of(model);
        case Models.AllBut(var others) -> others;
      };
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
    var query = transaction.prepare(MAY_TAKE_SUSPECT);
    query.setString(1, worker.value());
    try (var row = query.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private void take(Transaction transaction, String sql, int limit, List<ClaimedJob> into)
      throws SQLException {
    take(transaction, transaction.prepare(sql), limit, into);
  }

  private void take(
      Transaction transaction, PreparedStatement update, int limit, List<ClaimedJob> into)
      throws SQLException {
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
