package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recado.config.StoreUrl;
import dev.recado.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text that is no JSON stands for a full disk: the driver treats both alike. */
class ReadersTest {
  @TempDir Path folder;

  @Test
  void a_statement_that_failed_once_reads_again() {
    try (var readers =
        new Readers(SqliteFile.at(StoreUrl.parse("jdbc:sqlite:" + folder + "/r.db")).readers(1))) {
      assertThatThrownBy(() -> readers.read(statements -> read(statements, "no JSON")))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("malformed JSON");

      assertThat(readers.<String>read(statements -> read(statements, "[ 1 ]"))).isEqualTo("[1]");
    }
  }

  private static String read(Statements statements, String text) throws SQLException {
    var query = statements.prepare("SELECT json(?)");
    query.setString(1, text);
    try (var row = query.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }
}
