package dev.recado.store.sqlite;

import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.WorkerId;
import dev.recado.store.HistoryEntry.Event;
import dev.recado.store.Lease;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * What keeps a worker's jobs its own: one lease per worker, not one per job, so that a thousand
 * running jobs are renewed by one small write.
 */
final class Leases {
  private Leases() {}

  /** When the first lease ends, or ended; empty when there is none. */
  static Optional<Instant> nextLapse(Statements statements) throws SQLException {
    var query = statements.prepare("SELECT lease_until FROM workers ORDER BY lease_until LIMIT 1");
    try (var row = query.executeQuery()) {
      return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
    }
  }

  static List<Lease> all(Statements statements) throws SQLException {
    var query = statements.prepare("SELECT id, last_seen, lease_until FROM workers");
    try (var row = query.executeQuery()) {
      var leases = new ArrayList<Lease>();
      while (row.next()) {
        leases.add(read(row));
      }
      return leases;
    }
  }

  /** Those that are not ended yet, of workers that hold no lifeline any more. */
  static List<Lease> loose(Statements statements, LongPredicate isLoose) throws SQLException {
    var query =
        statements.prepare(
            """
            SELECT id, last_seen, lease_until, lifeline FROM workers
             WHERE lifeline IS NOT NULL AND lease_until > 0\
            """);
    try (var row = query.executeQuery()) {
      var leases = new ArrayList<Lease>();
      while (row.next()) {
        if (isLoose.test(row.getLong(4))) {
          leases.add(read(row));
        }
      }
      return leases;
    }
  }

  private static Lease read(ResultSet row) throws SQLException {
    return new Lease(
        new WorkerId(row.getString(1)),
        Instant.ofEpochMilli(row.getLong(2)),
        Instant.ofEpochMilli(row.getLong(3)));
  }

  record SignOn(WorkerId worker, int slots, Duration lease, long lifeline)
      implements WriteCommand<Boolean> {
    @Override
    public Boolean apply(Transaction transaction) throws SQLException {
      var insert =
          transaction.prepare(
              """
              INSERT INTO workers (id, slots, last_seen, lease_until, lifeline)
              VALUES (?, ?, ?, ?, ?)\
              """);
      insert.setString(1, worker.value());
      insert.setInt(2, slots);
      insert.setLong(3, transaction.now());
      insert.setLong(4, transaction.now() + lease.toMillis());
      insert.setLong(5, lifeline);
      return insert.executeUpdate() == 1;
    }
  }

  /**
   * A lease that has lapsed can be renewed until a sweep has found it over: the sweep deletes the
   * row in the transaction that takes the jobs away. An outage of the store alone costs no worker
   * its jobs.
   */
  record Renewal(WorkerId worker, Duration lease) implements WriteCommand<Boolean> {
    @Override
    public Boolean apply(Transaction transaction) throws SQLException {
      var update =
          transaction.prepare(
              """
              UPDATE workers SET last_seen = ?1, lease_until = ?2 WHERE id = ?3\
              """);
      update.setLong(1, transaction.now());
      update.setLong(2, transaction.now() + lease.toMillis());
      update.setString(3, worker.value());
      return update.executeUpdate() == 1;
    }
  }

  /** Only the lease that was meant: whoever has renewed it meanwhile is alive. */
  record End(Lease lease) implements WriteCommand<Boolean> {
    @Override
    public Boolean apply(Transaction transaction) throws SQLException {
      var update =
          transaction.prepare(
              "UPDATE workers SET lease_until = 0 WHERE id = ? AND lease_until = ?");
      update.setString(1, lease.worker().value());
      update.setLong(2, lease.until().toEpochMilli());
      return update.executeUpdate() == 1;
    }
  }

  record SignOff(WorkerId worker) implements WriteCommand<Boolean> {
    @Override
    public Boolean apply(Transaction transaction) throws SQLException {
      History.addAll(
          transaction, Event.HANDED_BACK, "state = 'processing' AND owner = ?1", worker.value());
      var handBack =
          transaction.prepare(
              """
              UPDATE jobs SET state = 'queued', owner = NULL, interruptions = interruptions + 1
               WHERE state = 'processing' AND owner = ? RETURNING tenant, priority, batch\
              """);
      handBack.setString(1, worker.value());
      try (var row = handBack.executeQuery()) {
        while (row.next()) {
          var account = JobRows.account(row);
          transaction.counters().moved(account, JobState.PROCESSING, JobState.QUEUED);
          transaction.statistics().retried(account.tenant(), Event.HANDED_BACK.wireName());
        }
      }
      var delete = transaction.prepare("DELETE FROM workers WHERE id = ?");
      delete.setString(1, worker.value());
      return delete.executeUpdate() == 1;
    }
  }

  /** Tells a worker once of each job that was taken away from it. */
  record NoticeTakenAway(WorkerId worker) implements WriteCommand<List<JobId>> {
    private static final String FROM_IT =
        "WHERE owner = ? AND owner IS NOT NULL AND state IN ('canceled', 'expired')";

    static final String ANY =
        "SELECT 1 FROM jobs INDEXED BY jobs_taken_away " + FROM_IT + " LIMIT 1";

    @Override
    public List<JobId> apply(Transaction transaction) throws SQLException {
      noteWorker(transaction);
      var update =
          transaction.prepare(
              "UPDATE jobs INDEXED BY jobs_taken_away SET owner = NULL "
                  + FROM_IT
                  + " RETURNING id");
      update.setString(1, worker.value());
      try (var row = update.executeQuery()) {
        var ids = new ArrayList<JobId>();
        while (row.next()) {
          ids.add(new JobId(row.getString(1)));
        }
        return ids;
      }
    }

    /** For people to see who held it. */
    private void noteWorker(Transaction transaction) throws SQLException {
      var insert =
          transaction.prepare(
              """
              INSERT INTO job_outputs (seq, worker)
              SELECT seq, owner FROM jobs INDEXED BY jobs_taken_away %s
              ON CONFLICT (seq) DO UPDATE SET worker = excluded.worker\
              """
                  .formatted(FROM_IT));
      insert.setString(1, worker.value());
      insert.executeUpdate();
    }
  }
}
