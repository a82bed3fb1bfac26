package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.store.JobStore;
import dev.recado.store.StoreUnderTest;
import dev.recado.testing.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest implements StoreUnderTest {
  private static final int LONG_BYTES = 256 << 10;

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private SqliteJobStore store;
  private Checkpoints checkpoints;

  @BeforeEach
  void open() {
    store = SqliteJobStore.open("jdbc:sqlite:" + file(), clock);
    checkpoints = Checkpoints.unstarted(file(), LONG_BYTES);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public JobStore store() {
    return store;
  }

  @Override
  public SettableClock clock() {
    return clock;
  }

  private Path file() {
    return folder.resolve("recado.db");
  }

  private Path log() {
    return folder.resolve("recado.db-wal");
  }

  @Test
  void a_long_log_is_emptied() throws Exception {
    growLog();

    checkpoints.look();

    assertThat(log()).isEmptyFile();
    assertThat(checkpoints.isTooLong()).isFalse();
  }

  @Test
  void a_log_that_a_reader_holds_is_told_of_until_the_reader_ends() throws Exception {
    try (var reader = openReader()) {
      growLog();

      checkpoints.look();

      assertThat(checkpoints.isTooLong()).isTrue();
      assertThat(Files.size(log())).isGreaterThan(LONG_BYTES);
      execute(reader, "COMMIT");
    }

    checkpoints.look();

    assertThat(checkpoints.isTooLong()).isFalse();
    assertThat(log()).isEmptyFile();
  }

  @Test
  void nobody_waits_while_a_reader_holds_the_log() throws Exception {
    try (var _ = openReader()) {
      growLog();

      var begun = System.nanoTime();
      checkpoints.look();
      add();

      // the store's connections would wait for 10 s
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void pages_are_moved_when_they_are_many_and_left_alone_while_they_are_few() throws Exception {
    var patient = Checkpoints.unstarted(file(), Long.MAX_VALUE);
    growLog(5 << 20);

    patient.look();
    assertThat(unmovedPages()).isZero();

    add();
    patient.look();
    assertThat(unmovedPages()).isPositive();
  }

  private long unmovedPages() throws SQLException {
    try (var reader = SqliteFile.connect(file())) {
      return Checkpoints.unmovedPages(reader);
    }
  }

  private Connection openReader() throws SQLException {
    add();
    var reader = SqliteFile.connect(file());
    execute(reader, "BEGIN");
    execute(reader, "SELECT count(*) FROM jobs");
    return reader;
  }

  private void growLog() throws Exception {
    growLog(LONG_BYTES);
  }

  private void growLog(long bytes) throws Exception {
    while (Files.size(log()) <= bytes) {
      add();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
