package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.recado.config.StoreUrl;
import dev.recado.store.JobStore;
import dev.recado.store.StoreDamagedException;
import dev.recado.store.StoreUnavailableException;
import dev.recado.store.StoreUnderTest;
import dev.recado.testing.SettableClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class DamagedFileTest implements StoreUnderTest {
  private static final int PAGE = 4_096;

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private SqliteJobStore store;

  @BeforeEach
  void a_store_with_jobs_that_was_closed() {
    store = SqliteJobStore.open(url(), clock);
    addMany(200);
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

  private String url() {
    return "jdbc:sqlite:" + file();
  }

  @Test
  void a_failed_sync_is_damage_and_a_failed_write_as_beyond_a_quota_is_none() {
    var sync = new SQLiteException("disk I/O error", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
    var write = new SQLiteException("disk I/O error", SQLiteErrorCode.SQLITE_IOERR_WRITE);

    assertThat(Damage.isIn(sync)).isTrue();
    assertThat(Damage.isIn(write)).isFalse();
  }

  @Test
  void a_sound_file_is_opened() {
    SqliteJobStore.open(url(), clock).close();
  }

  @Test
  void a_page_that_makes_no_sense_is_refused_before_anything_is_served() throws IOException {
    overwritePages();

    assertThatThrownBy(() -> SqliteJobStore.open(url(), clock))
        .isInstanceOf(StoreDamagedException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("restore a backup");
  }

  @Test
  void a_file_that_was_cut_off_is_refused() throws IOException {
    try (var bytes = new RandomAccessFile(file().toFile(), "rw")) {
      bytes.setLength(bytes.length() - 3 * PAGE);
    }

    assertThatThrownBy(() -> SqliteJobStore.open(url(), clock))
        .isInstanceOf(StoreDamagedException.class);
  }

  @Test
  void what_is_no_database_is_refused_and_left_as_it_is() throws IOException {
    Files.writeString(file(), "this is a letter, no database");

    assertThatThrownBy(() -> SqliteJobStore.open(url(), clock))
        .isInstanceOf(StoreDamagedException.class)
        .hasMessageContaining("not a database");
    assertThat(file()).hasContent("this is a letter, no database");
  }

  @Test
  void damage_of_a_large_file_is_told_of_while_it_is_served() throws Exception {
    overwritePages();
    var heard = new CopyOnWriteArrayList<StoreDamagedException>();

    try (var _ = Examination.beside(file(), heard::add)) {
      await().atMost(Duration.ofSeconds(10)).until(() -> !heard.isEmpty());
    }

    assertThat(heard).singleElement().asString().contains("restore a backup");
  }

  @Test
  void a_sound_large_file_is_told_nothing_of() throws SQLException {
    var heard = new CopyOnWriteArrayList<StoreDamagedException>();

    Examination.beside(file(), heard::add).close();

    assertThat(heard).isEmpty();
  }

  @Test
  void a_restored_copy_beside_the_log_of_another_file_is_refused() throws IOException {
    var copy = folder.resolve("copy.db");
    SqliteBackup.make(StoreUrl.parse(url()), copy);
    store = SqliteJobStore.open(url(), clock);
    addMany(10);
    var log = Files.readAllBytes(folder.resolve("recado.db-wal"));
    store.close();
    Files.write(folder.resolve("copy.db-wal"), log);

    assertThatThrownBy(() -> SqliteJobStore.open("jdbc:sqlite:" + copy, clock))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("copy.db-wal is the log of another file");

    Files.delete(folder.resolve("copy.db-wal"));
    SqliteJobStore.open("jdbc:sqlite:" + copy, clock).close();
  }

  @Test
  void a_restored_copy_beside_the_log_of_another_file_is_not_backed_up_and_stays_as_it_is()
      throws IOException {
    var copy = folder.resolve("copy.db");
    SqliteBackup.make(StoreUrl.parse(url()), copy);
    store = SqliteJobStore.open(url(), clock);
    addMany(10);
    var log = folder.resolve("copy.db-wal");
    Files.copy(folder.resolve("recado.db-wal"), log);
    store.close();
    var before = List.of(Files.readAllBytes(copy), Files.readAllBytes(log));

    assertThatThrownBy(() -> SqliteBackup.make(new StoreUrl(copy), folder.resolve("backup.db")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("copy.db-wal is the log of another file");

    assertThat(List.of(Files.readAllBytes(copy), Files.readAllBytes(log)))
        .usingElementComparator(Arrays::compare)
        .isEqualTo(before);
  }

  private void overwritePages() throws IOException {
    try (var bytes = new RandomAccessFile(file().toFile(), "rw")) {
      for (var at = 2L * PAGE; at < bytes.length(); at += PAGE) {
        bytes.seek(at);
        bytes.write(new byte[] {77, 77, 77, 77});
      }
    }
  }
}
