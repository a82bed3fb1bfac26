package dev.recado.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * The writer's open transaction, as its commands see it: prepared statements, the time, and the
 * counters of jobs. Only the writer's thread touches it.
 *
 * <p>It speaks BEGIN and COMMIT itself: the driver, told to use immediate transactions without
 * auto-commit, begins the next one right after each commit and so keeps the write lock for ever.
 */
final class Transaction {
  private final SQLiteConnection connection;
  private final Statements statements;
  private final Clock clock;
  private final Statistics statistics = new Statistics(this);
  private final Counters counters = new Counters(this);
  private final OldestFirst oldestFirst = new OldestFirst();
  private final Arrivals arrivals = new Arrivals(this);
  private final Announcements announcements = new Announcements();
  private @Nullable Sync sync = Sync.WITH_COMMIT; // null: not known
  private long changesBefore;
  private long now;
  private long lastSeq;

  Transaction(SQLiteConnection connection, Clock clock) throws SQLException {
    this.connection = connection;
    this.statements = new Statements(connection);
    // Otherwise it begins and commits around every statement, in vain, as a transaction is open.
    connection.setAutoCommit(false);
    prepare("COMMIT").executeUpdate(); // of what it has just begun
    this.clock = clock;
  }

  void begin(Sync wished) throws SQLException {
    statistics.clear();
    counters.clear();
    arrivals.clear();
    lastSeq = 0;
    sync(wished);
    changesBefore = changes();
    prepare("BEGIN IMMEDIATE").executeUpdate();
    // After the lock is held, so that no transaction is dated before one it can see.
    now = clock.millis();
  }

  // Between transactions: SQLite takes no such word within one. Not prepared and kept either, as it
  // is obeyed while it is prepared.
  private void sync(Sync wished) throws SQLException {
    if (wished != sync) {
      sync = null; // until it is sure
      try (var pragma = connection.createStatement()) {
        pragma.execute("PRAGMA synchronous = " + wished.level());
      }
      sync = wished;
    }
  }

  /** Whether it has changed a row so far. */
  boolean hasChanged() throws SQLException {
    return changes() != changesBefore;
  }

  private long changes() throws SQLException {
    return connection.getDatabase().total_changes();
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

  /** Who hears of them before they are durable. */
  Announcements announcements() {
    return announcements;
  }

  /** The counters of jobs, as this transaction changes them. */
  Counters counters() {
    return counters;
  }

  /** What this transaction does, for people to see. */
  Statistics statistics() {
    return statistics;
  }

  /** Whose turn it is when jobs of several priorities wait; goes on from one to the next. */
  OldestFirst oldestFirst() {
    return oldestFirst;
  }

  void commit() throws SQLException {
    // Before what takes longest: the way to a worker is about as long as the rest of this.
    arrivals.announce(announcements);
    arrivals.enqueue();
    counters.write();
    statistics.writeIfDue();
    prepare("COMMIT").executeUpdate();
    announcements.over();
    statistics.committed();
  }

  /** Undoes everything; throws if SQLite has already done so by itself. */
  void rollback() throws SQLException {
    // The driver closes a statement that met a full disk, and hands it out as if it were whole.
    statements.forget();
    try {
      prepare("ROLLBACK").executeUpdate();
    } finally {
      statements.forget();
      announcements.over();
    }
  }
}
