package dev.recado.store.sqlite;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recado.config.StoreUrl;
import dev.recado.job.JobState;
import dev.recado.store.JobStore;
import dev.recado.store.StoreUnavailableException;
import dev.recado.store.StoreUnderTest;
import dev.recado.testing.SettableClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBackupTest implements StoreUnderTest {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private SqliteJobStore store;
  private Path target;

  @BeforeEach
  void open() throws IOException {
    store = SqliteJobStore.open(url(), clock);
    target = Files.createDirectory(folder.resolve("backups")).resolve("copy.db");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Path file() {
    return folder.resolve("data/recado.db");
  }

  private String url() {
    return "jdbc:sqlite:" + file();
  }

  @Override
  public JobStore store() {
    return store;
  }

  @Override
  public SettableClock clock() {
    return clock;
  }

  @Test
  void a_copy_of_a_store_in_use_holds_what_was_committed_when_it_began() {
    var finished = succeeded();
    var queued = add();

    var report = SqliteBackup.make(StoreUrl.parse(url()), target);
    var later = add();

    assertThat(report.jobs()).isEqualTo(2);
    assertThat(report.file()).isEqualTo(target).hasSize(report.bytes());
    try (var copy = SqliteJobStore.open("jdbc:sqlite:" + target, clock)) {
      assertThat(copy.find(TENANT, finished).orElseThrow().state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(copy.find(TENANT, finished).orElseThrow().result()).isEqualTo(ANSWER);
      assertThat(copy.find(TENANT, queued).orElseThrow().state()).isEqualTo(JobState.QUEUED);
      assertThat(copy.find(TENANT, later)).isEmpty();
      assertThat(copy.queue(TENANT).queued()).isEqualTo(1);
    }
  }

  @Test
  void jobs_that_ran_when_the_copy_was_made_run_again_once_their_lease_has_lapsed() {
    signOn(WORKER);
    var id = add();
    store.claim(WORKER, 1);

    SqliteBackup.make(StoreUrl.parse(url()), target);
    clock.advance(LEASE.plusMillis(1));

    try (var copy = SqliteJobStore.open("jdbc:sqlite:" + target, clock)) {
      assertThat(copy.sweep(MAX_CRASHES, clock.instant()).requeued()).isEqualTo(1);
      assertThat(copy.find(TENANT, id).orElseThrow().state()).isEqualTo(JobState.QUEUED);
    }
  }

  @Test
  void the_copy_is_one_file_for_its_owner_only() throws IOException {
    SqliteBackup.make(StoreUrl.parse(url()), target);

    assertThat(Files.getPosixFilePermissions(target)).isEqualTo(fromString("rw-------"));
    try (var files = Files.list(target.getParent())) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void an_existing_file_is_not_overwritten() throws IOException {
    Files.writeString(target, "dear");

    refused("exists already");

    assertThat(target).hasContent("dear");
  }

  @Test
  void a_store_that_does_not_exist_is_not_made() {
    var missing = folder.resolve("missing.db");

    assertThatThrownBy(() -> SqliteBackup.make(StoreUrl.parse("jdbc:sqlite:" + missing), target))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("there is no job store at " + missing);
    assertThat(missing).doesNotExist();
  }

  @Test
  void a_folder_that_does_not_exist_is_named() {
    target = folder.resolve("nowhere/copy.db");

    refused("there is no folder " + folder.resolve("nowhere"));
  }

  @Test
  void a_damaged_store_is_not_copied_and_nothing_is_left_of_the_attempt() throws IOException {
    addMany(200);
    store.close();
    try (var bytes = new RandomAccessFile(file().toFile(), "rw")) {
      for (var page = 2; page < bytes.length() / 4096; page++) {
        bytes.seek(page * 4096L);
        bytes.write(new byte[] {77, 77, 77, 77});
      }
    }

    refused("malformed");

    assertThat(target.getParent()).isEmptyDirectory();
    store = SqliteJobStore.open("jdbc:sqlite:" + folder.resolve("other.db"), clock);
  }

  @Test
  void what_is_no_job_store_is_no_backup() throws IOException {
    var letter =
        Files.createFile(folder.resolve("letter.txt"), asFileAttribute(fromString("rw-------")));
    Files.writeString(letter, "this is a letter, no database");

    assertThatThrownBy(() -> SqliteBackup.make(StoreUrl.parse("jdbc:sqlite:" + letter), target))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("letter.txt")
        .hasMessageContaining("not a database");
  }

  private void refused(String why) {
    assertThatThrownBy(() -> SqliteBackup.make(StoreUrl.parse(url()), target))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(why);
  }
}
