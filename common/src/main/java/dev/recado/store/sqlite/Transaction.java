package dev.recado.store.sqlite;

import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * The writer's open transaction, as its commands see it: prepared statements, the time, and the
 * counters of jobs by state. Only the writer's thread touches it.
 *
 * <p>It speaks BEGIN and COMMIT itself: the driver, told to use immediate transactions without
 * auto-commit, begins the next one right after each commit and so keeps the write lock for ever.
 */
final class Transaction {
  private final Statements statements;
  private final Clock clock;
  private final Map<CountKey, Long> counts = new HashMap<>();
  private final Map<CountKey, Long> changes = new HashMap<>();
  private final Arrivals arrivals = new Arrivals(this);
  private long now;
  private long lastSeq;

  private record CountKey(Tenant tenant, JobState state) {}

  Transaction(Connection connection, Clock clock) throws SQLException {
    this.statements = new Statements(connection);
    // Otherwise it begins and commits around every statement, in vain, as a transaction is open.
    connection.setAutoCommit(false);
    prepare("COMMIT").executeUpdate(); // of what it has just begun
    this.clock = clock;
  }

  void begin() throws SQLException {
    counts.clear();
    changes.clear();
    arrivals.clear();
    lastSeq = 0;
    prepare("BEGIN IMMEDIATE").executeUpdate();
    // After the lock is held, so that no transaction is dated before one it can see.
    now = clock.millis();
  }

  /** The one time of everything in this transaction, in milliseconds. */
  long now() {
    return now;
  }

  /** The statement for this text, prepared once for the life of the connection. */
  PreparedStatement prepare(String sql) throws SQLException {
    return statements.prepare(sql);
  }

  /** The number of the next new job: nobody else can take it while we hold the write lock. */
  long nextSeq() throws SQLException {
    if (lastSeq == 0) {
      try (var row = prepare("SELECT coalesce(max(seq), 0) FROM jobs").executeQuery()) {
        row.next();
        lastSeq = row.getLong(1);
      }
    }
    return ++lastSeq;
  }

  /** The new jobs of this transaction. */
  Arrivals arrivals() {
    return arrivals;
  }

  void entered(Tenant tenant, JobState state) {
    changes.merge(new CountKey(tenant, state), 1L, Long::sum);
  }

  void moved(Tenant tenant, JobState from, JobState to) {
    changes.merge(new CountKey(tenant, from), -1L, Long::sum);
    entered(tenant, to);
  }

  void left(Tenant tenant, JobState state) {
    changes.merge(new CountKey(tenant, state), -1L, Long::sum);
  }

  /** How many jobs are in a state, with what this transaction has changed so far. */
  long count(Tenant tenant, JobState state) throws SQLException {
    var key = new CountKey(tenant, state);
    var before = counts.get(key);
    if (before == null) {
      before = readCount(key);
      counts.put(key, before);
    }
    return before + changes.getOrDefault(key, 0L);
  }

  private long readCount(CountKey key) throws SQLException {
    var query = prepare("SELECT n FROM job_counts WHERE tenant = ? AND state = ?");
    query.setString(1, key.tenant().name());
    query.setString(2, key.state().wireName());
    try (var row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  void commit() throws SQLException {
    arrivals.enqueue();
    for (var change : changes.entrySet()) {
      if (change.getValue() != 0) {
        writeCount(change.getKey(), change.getValue());
      }
    }
    prepare("COMMIT").executeUpdate();
  }

  private void writeCount(CountKey key, long change) throws SQLException {
    var statement =
        prepare(
            """
            INSERT INTO job_counts (tenant, state, n) VALUES (?, ?, ?)
            ON CONFLICT (tenant, state) DO UPDATE SET n = n + excluded.n\
            """);
    statement.setString(1, key.tenant().name());
    statement.setString(2, key.state().wireName());
    statement.setLong(3, change);
    statement.executeUpdate();
  }

  /** Undoes everything; throws if SQLite has already done so by itself. */
  void rollback() throws SQLException {
    // The driver closes a statement that met a full disk, and hands it out as if it were whole.
    statements.forget();
    try {
      prepare("ROLLBACK").executeUpdate();
    } finally {
      statements.forget();
    }
  }
}
