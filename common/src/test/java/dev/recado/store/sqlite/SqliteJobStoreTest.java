package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recado.config.StoreUrl;
import dev.recado.store.JobStore;
import dev.recado.store.JobStoreContract;
import dev.recado.store.StoreUnavailableException;
import dev.recado.testing.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJobStoreTest implements JobStoreContract {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private SqliteJobStore store;

  @BeforeEach
  void open() {
    store = SqliteJobStore.open(url(), clock);
  }

  @AfterEach
  void counters_equal_a_count_whatever_happened() throws SQLException {
    store.close();
    try (var connection = DriverManager.getConnection(url());
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                SELECT (SELECT coalesce(group_concat(state || '=' || n ORDER BY state), '')
                          FROM job_counts WHERE n <> 0 AND tenant <> ''),
                       (SELECT coalesce(group_concat(state || '=' || n ORDER BY state), '')
                          FROM (SELECT state, count(*) AS n FROM jobs GROUP BY state))\
                """)) {
      row.next();
      assertThat(row.getString(1)).isEqualTo(row.getString(2));
    }
  }

  @AfterEach
  void lines_equal_a_count_whatever_happened() throws SQLException {
    store.close();
    try (var connection = DriverManager.getConnection(url())) {
      assertThat(HistoryChecker.wrongLines(connection)).isZero();
    }
  }

  @AfterEach
  void batches_count_their_jobs_right_whatever_happened() throws SQLException {
    store.close();
    try (var connection = DriverManager.getConnection(url());
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                SELECT count(*) FROM batches b
                 WHERE EXISTS (SELECT 1 FROM jobs WHERE batch = b.seq)
                       AND (queued, processing, succeeded, failed, canceled, expired) <>
                           (SELECT count(*) FILTER (WHERE state = 'queued'),
                                   count(*) FILTER (WHERE state = 'processing'),
                                   count(*) FILTER (WHERE state = 'succeeded'),
                                   count(*) FILTER (WHERE state = 'failed'),
                                   count(*) FILTER (WHERE state = 'canceled'),
                                   count(*) FILTER (WHERE state = 'expired')
                              FROM jobs WHERE batch = b.seq)\
                """)) {
      row.next();
      assertThat(row.getInt(1)).isZero();
    }
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("data/recado.db");
  }

  @Override
  public JobStore store() {
    return store;
  }

  @Override
  public SettableClock clock() {
    return clock;
  }

  @Override
  public long chunks() {
    try (var connection = DriverManager.getConnection(url());
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM job_output_chunks")) {
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void reading_on_reads_what_is_new_and_not_what_is_old() throws SQLException {
    assertThat(plan(LiveOutput.FIND))
        .contains("SEARCH j USING INDEX sqlite_autoindex_jobs_1 (id=?)")
        .contains("SEARCH c USING PRIMARY KEY (seq=? AND stop>?)")
        .doesNotContain("SCAN j", "SCAN c", "TEMP B-TREE");
  }

  @Test
  void a_piece_of_a_batch_is_released_without_a_look_at_all_that_are_hidden() throws SQLException {
    assertThat(plan(BatchWork.RELEASE))
        .contains("SEARCH jobs USING INTEGER PRIMARY KEY (rowid=?)")
        .doesNotContain("jobs_waiting");
  }

  @Test
  void an_outcome_is_read_from_three_trees_and_not_from_what_was_asked() throws SQLException {
    assertThat(plan(Lookup.FIND_OUTCOME).lines())
        .containsExactly(
            "SEARCH j USING INDEX sqlite_autoindex_jobs_1 (id=?)",
            "SEARCH o USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
            "SEARCH b USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN");
  }

  private String plan(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url());
        var statement = connection.createStatement();
        var row = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
      var plan = new StringBuilder();
      while (row.next()) {
        plan.append(row.getString("detail")).append('\n');
      }
      return plan.toString();
    }
  }

  @Test
  void file_and_folder_are_for_their_owner_only() throws Exception {
    var data = folder.resolve("data");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    try (var files = Files.list(data)) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void the_202_is_synced_to_disk_not_only_written() throws Exception {
    try (var file = SqliteFile.at(StoreUrl.parse(url())).writer();
        var connection = file.getConnection();
        var statement = connection.createStatement()) {
      assertThat(pragma(statement, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(statement, "synchronous")).isEqualTo("2"); // FULL
      assertThat(pragma(statement, "secure_delete")).isEqualTo("1");
    }
  }

  private static String pragma(java.sql.Statement statement, String name) throws SQLException {
    try (var row = statement.executeQuery("PRAGMA " + name)) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void a_terminal_state_is_final_even_for_sql_by_hand() throws Exception {
    succeeded();
    try (var connection = DriverManager.getConnection(url());
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeUpdate("UPDATE jobs SET state = 'queued'"))
          .hasMessageContaining("a finished job does not change its state");
    }
  }

  @Test
  void a_store_that_is_opened_again_has_kept_everything() {
    var id = add();
    store.close();

    open();

    assertThat(store.find(TENANT, id)).isPresent();
    assertThat(store.queue(TENANT).queued()).isEqualTo(1);
  }

  @Test
  void a_store_of_a_newer_version_is_refused() throws Exception {
    store.close();
    var version = setVersion(99);

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("newer Recado");

    setVersion(version);
    open();
  }

  /** Sets it and gives the one before. */
  private int setVersion(int version) throws SQLException {
    try (var connection = DriverManager.getConnection(url());
        var statement = connection.createStatement();
        var before = statement.executeQuery("PRAGMA user_version")) {
      var was = before.getInt(1);
      statement.executeUpdate("PRAGMA user_version = " + version);
      return was;
    }
  }

  @Test
  void a_file_that_is_no_database_is_refused() throws Exception {
    var file = Files.writeString(folder.resolve("letter.txt"), "this is a letter, no database");

    assertThatThrownBy(() -> SqliteJobStore.open("jdbc:sqlite:" + file, clock))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void another_kind_of_store_is_refused_by_name() {
    assertThatThrownBy(() -> SqliteJobStore.open("jdbc:postgresql://host/db", clock))
        .hasMessageContaining("jdbc:sqlite:");
  }
}
