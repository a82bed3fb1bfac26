package dev.recado.store.sqlite;

import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.store.Waiting;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The counters of jobs as the open transaction changes them; written once, when it ends. A job of
 * the usual line is counted by its state alone, and a batch counts its own jobs as well.
 */
final class Counters {
  private static final List<JobState> BATCH_COLUMNS =
      List.of(
          JobState.QUEUED,
          JobState.PROCESSING,
          JobState.SUCCEEDED,
          JobState.FAILED,
          JobState.CANCELED,
          JobState.EXPIRED);

  /** Has no jobs: the row of the dropped ones is read where all tenants are, and only there. */
  private static final Tenant NOBODY = new Tenant("");

  private final Transaction transaction;
  private final Map<Tenant, Map<String, Long>> before = new HashMap<>();
  private final Map<Key, Long> states = new HashMap<>();
  private final Map<Key, Long> lines = new HashMap<>();
  private final Map<Long, Map<JobState, Long>> batches = new HashMap<>();

  private record Key(Tenant tenant, String name) {}

  Counters(Transaction transaction) {
    this.transaction = transaction;
  }

  void clear() {
    before.clear();
    states.clear();
    lines.clear();
    batches.clear();
  }

  /** A new job. */
  void accepted(Account account) {
    transaction.statistics().accepted(account.tenant());
    change(account, JobState.QUEUED, 1);
  }

  private void left(Account account, JobState state) {
    change(account, state, -1);
  }

  /** The job is forgotten; that workers have never ended it is not. */
  void dropped(Account account, JobState state) {
    left(account, state);
    if (state != JobState.SUCCEEDED && state != JobState.FAILED) {
      add(states, new Key(NOBODY, JobState.CANCELED.wireName()), 1);
    }
  }

  void moved(Account account, JobState from, JobState to) {
    left(account, from);
    change(account, to, 1);
    if (to.isTerminal()) {
      transaction.statistics().ended(account.tenant(), to);
    }
  }

  /** The job's time has come. */
  void cameDue(Account account) {
    add(lines, new Key(account.tenant(), Line.LATER.column()), -1);
    inLine(account, 1);
  }

  private void change(Account account, JobState state, long by) {
    add(states, new Key(account.tenant(), state.wireName()), by);
    if (state == JobState.QUEUED) {
      inLine(account, by);
    }
    if (account.batch() != null) {
      batches
          .computeIfAbsent(account.batch(), _ -> new EnumMap<>(JobState.class))
          .merge(state, by, Long::sum);
    }
  }

  private void inLine(Account account, long by) {
    if (account.line() != Line.NORMAL) {
      add(lines, new Key(account.tenant(), account.line().column()), by);
    }
  }

  private static void add(Map<Key, Long> changes, Key key, long by) {
    changes.merge(key, by, Long::sum);
  }

  /** How many jobs of a tenant are queued, with what this transaction has changed so far. */
  Waiting waiting(Tenant tenant) throws SQLException {
    var queued = now(states, tenant, JobState.QUEUED.wireName());
    var high = now(lines, tenant, Line.HIGH.column());
    var low = now(lines, tenant, Line.LOW.column());
    var later = now(lines, tenant, Line.LATER.column());
    return new Waiting(high, queued - high - low - later, low, later);
  }

  private long now(Map<Key, Long> changes, Tenant tenant, String name) throws SQLException {
    var known = before.get(tenant);
    if (known == null) {
      known = read(tenant);
      before.put(tenant, known);
    }
    return known.getOrDefault(name, 0L) + changes.getOrDefault(new Key(tenant, name), 0L);
  }

  private Map<String, Long> read(Tenant tenant) throws SQLException {
    var query =
        transaction.prepare(
            """
            SELECT state, n FROM job_counts WHERE tenant = ?1 AND state = 'queued'
            UNION ALL SELECT line, n FROM line_counts WHERE tenant = ?1\
            """);
    query.setString(1, tenant.name());
    var counts = new HashMap<String, Long>();
    try (var row = query.executeQuery()) {
      while (row.next()) {
        counts.put(row.getString(1), row.getLong(2));
      }
    }
    return counts;
  }

  void write() throws SQLException {
    write(
        states,
        """
        INSERT INTO job_counts (tenant, state, n) VALUES (?, ?, ?)
        ON CONFLICT (tenant, state) DO UPDATE SET n = n + excluded.n\
        """);
    write(
        lines,
        """
        INSERT INTO line_counts (tenant, line, n) VALUES (?, ?, ?)
        ON CONFLICT (tenant, line) DO UPDATE SET n = n + excluded.n\
        """);
    for (var batch : batches.entrySet()) {
      writeBatch(batch.getKey(), batch.getValue());
    }
  }

  private void writeBatch(long batch, Map<JobState, Long> changes) throws SQLException {
    var update =
        transaction.prepare(
            """
            UPDATE batches
               SET queued = queued + ?1, processing = processing + ?2, succeeded = succeeded + ?3,
                   failed = failed + ?4, canceled = canceled + ?5, expired = expired + ?6,
                   completed_at = CASE WHEN stage <> 'filling'
                                        AND queued + ?1 + processing + ?2 = 0 THEN ?7 END
             WHERE seq = ?8\
            """);
    for (var state : JobState.values()) {
      update.setLong(BATCH_COLUMNS.indexOf(state) + 1, changes.getOrDefault(state, 0L));
    }
    update.setLong(7, transaction.now());
    update.setLong(8, batch);
    update.executeUpdate();
  }

  private void write(Map<Key, Long> changes, String sql) throws SQLException {
    for (var change : changes.entrySet()) {
      if (change.getValue() != 0) {
        var statement = transaction.prepare(sql);
        statement.setString(1, change.getKey().tenant().name());
        statement.setString(2, change.getKey().name());
        statement.setLong(3, change.getValue());
        statement.executeUpdate();
      }
    }
  }
}
