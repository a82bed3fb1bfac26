package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.testing.SettableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/** Retention among jobs that are old and live, such as those left for next year. */
class PurgeTest {
  private static final int LIVE = 100_000;
  private static final int ENDED = 700;
  private static final int STEPS = 1_000;
  private static final long MOST_STEPS_OF_A_PIECE = 400_000;
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final String JOBS =
      """
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
      INSERT INTO jobs (seq, id, tenant, kind, state, deadline, completed_at)
      SELECT i, printf('00000000-%%04x-7000-8000-%%012x', 1, i), 'default', 'generate',
             iif(i > %d, 'canceled', 'queued'), 9000000000000, iif(i > %2$d, 1, NULL)
        FROM n\
      """
          .formatted(LIVE + ENDED, LIVE);

  @TempDir Path folder;
  private final AtomicLong steps = new AtomicLong();

  @Test
  void each_piece_looks_at_a_few_of_the_live_and_in_the_end_all_that_is_old_is_gone()
      throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("p.db"))) {
      new Migrations(connection).apply();
      execute(connection, JOBS);
      execute(connection, "INSERT INTO job_inputs (seq, input) SELECT seq, '{}' FROM jobs");
      var transaction =
          new Transaction(connection.unwrap(SQLiteConnection.class), new SettableClock());
      ProgressHandler.setHandler(connection, STEPS, counter());

      var piece = new Purge.Piece(0, Purge.Place.START);
      do {
        steps.set(0);
        piece = purge(transaction, piece.next());
        assertThat(steps).hasValueLessThan(MOST_STEPS_OF_A_PIECE / STEPS);
      } while (!piece.isLast());

      assertThat(count(connection, "jobs")).isEqualTo(LIVE);
      assertThat(count(connection, "job_inputs")).isEqualTo(LIVE);
    }
  }

  private static Purge.Piece purge(Transaction transaction, Purge.Place from) throws SQLException {
    transaction.begin(Sync.WITH_COMMIT);
    var piece = new Purge(RETENTION, from).apply(transaction);
    transaction.commit();
    return piece;
  }

  private ProgressHandler counter() {
    return new ProgressHandler() {
      @Override
      protected int progress() {
        steps.incrementAndGet();
        return 0;
      }
    };
  }

  private static int count(Connection connection, String table) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      return row.getInt(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
