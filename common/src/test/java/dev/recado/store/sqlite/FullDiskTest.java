package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recado.testing.SettableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;

/** A file that may not grow stands for a full disk: SQLite reports both alike. */
class FullDiskTest {
  @TempDir Path folder;

  @Test
  void a_writer_that_met_a_full_disk_writes_again_when_there_is_room() throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("f.db"))) {
      var transaction =
          new Transaction(connection.unwrap(SQLiteConnection.class), new SettableClock());
      execute(connection, "CREATE TABLE texts (text TEXT NOT NULL)");
      execute(connection, "PRAGMA max_page_count = 4");
      for (var tries = 0; tries < 3; tries++) {
        assertThatThrownBy(() -> write(transaction)).hasMessageContaining("SQLITE_FULL");
        undo(transaction);
      }

      execute(connection, "PRAGMA max_page_count = 4000");
      write(transaction);

      assertThat(connection.createStatement().executeQuery("SELECT count(*) FROM texts").getInt(1))
          .isEqualTo(1);
    }
  }

  private static void write(Transaction transaction) throws SQLException {
    transaction.begin(Sync.WITH_COMMIT);
    var insert = transaction.prepare("INSERT INTO texts VALUES (?)");
    insert.setString(1, "long ".repeat(20_000));
    insert.executeUpdate();
    transaction.commit();
  }

  private static void undo(Transaction transaction) {
    try {
      transaction.rollback();
    } catch (SQLException doneBySqlite) {
      assertThat(doneBySqlite.getMessage()).contains("no transaction is active");
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
