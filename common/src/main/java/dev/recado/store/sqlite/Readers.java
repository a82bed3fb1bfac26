package dev.recado.store.sqlite;

import com.zaxxer.hikari.HikariDataSource;
import dev.recado.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sqlite.SQLiteConnection;

/**
 * Connections that only read. Each keeps its prepared statements: preparing one takes several times
 * as long as looking up a job. Thread-safe.
 */
final class Readers implements AutoCloseable {
  private final HikariDataSource pool;
  private final Map<SQLiteConnection, Statements> statements = new ConcurrentHashMap<>();

  Readers(HikariDataSource pool) {
    this.pool = pool;
  }

  /**
   * Reads, as one look at one moment only if it is one statement.
   *
   * @throws StoreUnavailableException if that fails
   */
  <T> T read(Reading<T> reading) {
    try (var connection = pool.getConnection()) {
      // Unwrapped, because the pool would close the statements with each return.
      var bare = connection.unwrap(SQLiteConnection.class);
      return read(reading, statements.computeIfAbsent(bare, Statements::new));
    } catch (SQLException e) {
      throw new StoreUnavailableException("the job store cannot be read: " + e.getMessage(), e);
    }
  }

  /** Whether a query with these values finds anything. */
  boolean exists(String sql, String... values) {
    return read(statements -> {
      var query = statements.prepare(sql);
      for (var i = 0; i < values.length; i++) {
        query.setString(i + 1, values[i]);
      }
      try (var row = query.executeQuery()) {
        return row.next();
      }
    });
  }

  private static <T> T read(Reading<T> reading, Statements statements) throws SQLException {
    try {
      return reading.with(statements);
    } catch (SQLException failure) {
      // The driver closes a statement that met a full disk, and hands it out as if it were whole.
      try {
        statements.forget();
      } catch (SQLException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  /** Something to read. */
  @FunctionalInterface
  interface Reading<T> {
    T with(Statements statements) throws SQLException;
  }

  @Override
  public void close() {
    pool.close();
  }
}
