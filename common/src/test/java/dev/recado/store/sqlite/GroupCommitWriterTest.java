package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.recado.config.StoreUrl;
import dev.recado.store.StoreUnavailableException;
import dev.recado.store.sqlite.WriteCommand.Turn;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GroupCommitWriterTest {
  private static final String LOCK = "BEGIN IMMEDIATE";
  private static final int NORMAL = 1;
  private static final int FULL = 2;
  private static final StoreMeters METERS = StoreMeters.unseen();

  @TempDir Path folder;

  @Test
  void an_error_in_a_command_fails_that_command_and_no_other() throws Exception {
    try (var writer = new GroupCommitWriter(file().writer(), Clock.systemUTC(), _ -> {}, METERS)) {
      assertThatThrownBy(() ->
              writer.write(_ -> {
                throw new StackOverflowError();
              }))
          .isInstanceOf(IllegalStateException.class)
          .hasCauseInstanceOf(StackOverflowError.class);

      String written = writer.write(_ -> "still writing");
      assertThat(written).isEqualTo("still writing");
    }
  }

  @Test
  void commits_are_measured_with_the_commands_that_shared_them() throws Exception {
    var registry = new SimpleMeterRegistry();
    var meters = new StoreMeters(registry);
    try (var writer = new GroupCommitWriter(file().writer(), Clock.systemUTC(), _ -> {}, meters);
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var writes =
          IntStream.range(0, 100)
              .mapToObj(i -> clients.submit(() -> writer.write(_ -> i)))
              .toList();
      for (var write : writes) {
        write.get();
      }

      var commits = registry.get("recado.store.commit").timer();
      var commands = registry.get("recado.store.commit.commands").summary();
      assertThat(commands.count()).isEqualTo(commits.count()).isPositive();
      assertThat(commands.totalAmount()).isEqualTo(100);
    }
  }

  @Test
  void a_failure_of_the_database_says_which() throws Exception {
    try (var writer = new GroupCommitWriter(file().writer(), Clock.systemUTC(), _ -> {}, METERS)) {
      assertThatThrownBy(() -> writer.write(open -> open.prepare("SELECT nothing").executeQuery()))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("SQLITE_ERROR");
    }
  }

  @Test
  void a_lock_that_is_not_to_be_had_is_waited_for_once_not_once_per_command() throws Exception {
    var busy = Duration.ofMillis(300);
    try (var other = file().writer();
        var holder = other.getConnection();
        var statement = holder.createStatement();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var writer = new GroupCommitWriter(impatient(busy), Clock.systemUTC(), _ -> {}, METERS)) {
      statement.executeUpdate(LOCK);
      var start = System.nanoTime();

      var writes =
          IntStream.range(0, 50)
              .mapToObj(_ -> threads.submit(() -> writer.write(Transaction::now)))
              .toList();

      assertThat(writes)
          .allSatisfy(write ->
              assertThatThrownBy(write::get).hasCauseInstanceOf(StoreUnavailableException.class));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(busy.multipliedBy(15));
    }
  }

  @Test
  void a_claim_comes_after_what_arrives_while_its_group_is_applied() throws Exception {
    var applied = new CopyOnWriteArrayList<String>();
    var busy = new CountDownLatch(1);
    try (var writer = new GroupCommitWriter(file().writer(), Clock.systemUTC(), _ -> {}, METERS)) {
      waitingFor(writer, in(Turn.CHANGES, busy::await));
      await().until(() -> !writer.isBusy());
      // A latecomer of that transaction: what comes while it is applied opens the next one.
      waitingFor(
          writer,
          in(
              Turn.CHANGES,
              () -> {
                waitingFor(writer, in(Turn.CLAIMS, () -> applied.add("claim")));
                waitingFor(
                    writer,
                    in(
                        Turn.CHANGES,
                        () -> {
                          applied.add("change");
                          waitingFor(writer, in(Turn.ARRIVALS, () -> applied.add("arrival")));
                        }));
              }));

      busy.countDown();

      await()
          .untilAsserted(() -> assertThat(applied).containsExactly("change", "arrival", "claim"));
    }
  }

  @Test
  void only_claims_alone_are_synced_after_their_commit() throws Exception {
    try (var writer = new GroupCommitWriter(file().writer(), Clock.systemUTC(), _ -> {}, METERS)) {
      assertThat(writer.write(syncLevel(Turn.CHANGES))).isEqualTo(FULL);
      assertThat(writer.write(syncLevel(Turn.CLAIMS))).isEqualTo(NORMAL);
      assertThat(writer.write(syncLevel(Turn.ARRIVALS))).isEqualTo(FULL);
    }
  }

  @Test
  void a_claim_that_shares_its_transaction_is_synced_with_it() throws Exception {
    assertThat(syncLevelBehind(Turn.CHANGES, Turn.CLAIMS)).isEqualTo(FULL);
  }

  @Test
  void what_comes_while_a_claim_is_made_is_synced_with_its_commit() throws Exception {
    assertThat(syncLevelBehind(Turn.CLAIMS, Turn.CHANGES)).isEqualTo(FULL);
  }

  @Test
  void what_comes_while_a_claim_waits_for_the_lock_is_synced_with_its_commit() throws Exception {
    try (var other = file().writer();
        var holder = other.getConnection();
        var statement = holder.createStatement();
        var writer = new GroupCommitWriter(file().writer(), Clock.systemUTC(), _ -> {}, METERS)) {
      statement.executeUpdate(LOCK);
      waitingFor(writer, syncLevel(Turn.CLAIMS));
      await().until(() -> !writer.isBusy());
      var level = CompletableFuture.supplyAsync(() -> writer.write(syncLevel(Turn.CHANGES)));
      await().until(writer::isBusy);

      statement.executeUpdate("ROLLBACK");

      assertThat(level.get()).isEqualTo(FULL);
    }
  }

  @Test
  void claims_are_synced_with_their_commit_where_there_is_no_log() throws Exception {
    var pool = new HikariDataSource();
    pool.setJdbcUrl("jdbc:sqlite:" + folder.resolve("jobs.db"));
    pool.setConnectionInitSql("PRAGMA journal_mode = DELETE");
    try (var writer = new GroupCommitWriter(pool, Clock.systemUTC(), _ -> {}, METERS)) {
      assertThat(writer.write(syncLevel(Turn.CLAIMS))).isEqualTo(FULL);
    }
  }

  /** Of a command that comes while another is applied. */
  private int syncLevelBehind(Turn first, Turn second) throws Exception {
    var busy = new CountDownLatch(1);
    try (var writer = new GroupCommitWriter(file().writer(), Clock.systemUTC(), _ -> {}, METERS)) {
      waitingFor(writer, in(first, busy::await));
      await().until(() -> !writer.isBusy());
      var level = CompletableFuture.supplyAsync(() -> writer.write(syncLevel(second)));
      await().until(writer::isBusy);

      busy.countDown();

      return level.get();
    }
  }

  /** What a command of this turn finds: how its own transaction is going to be synced. */
  private static WriteCommand<Integer> syncLevel(Turn turn) {
    return new WriteCommand<>() {
      @Override
      public Integer apply(Transaction transaction) throws SQLException {
        try (var row = transaction.prepare("PRAGMA synchronous").executeQuery()) {
          row.next();
          return row.getInt(1);
        }
      }

      @Override
      public Turn turn() {
        return turn;
      }
    };
  }

  /** Hands in a command, and returns once it waits to be written. */
  private static void waitingFor(GroupCommitWriter writer, WriteCommand<Integer> command) {
    var thread = Thread.ofVirtual().start(() -> writer.write(command));
    await().until(() -> thread.getState() == Thread.State.WAITING);
  }

  private interface Step {
    void run() throws Exception;
  }

  private static WriteCommand<Integer> in(Turn turn, Step step) {
    return new WriteCommand<>() {
      @Override
      public Integer apply(Transaction transaction) {
        try {
          step.run();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
        return 0;
      }

      @Override
      public Turn turn() {
        return turn;
      }
    };
  }

  @RepeatedTest(20)
  void a_write_that_meets_the_close_is_answered() throws Exception {
    var writer = new GroupCommitWriter(file().writer(), Clock.systemUTC(), _ -> {}, METERS);
    var begun = new CountDownLatch(4);
    try (var threads = Executors.newFixedThreadPool(4)) {
      var writes =
          IntStream.range(0, 4)
              .mapToObj(_ -> threads.submit(() -> writeUntilRefused(writer, begun)))
              .toList();
      begun.await();

      writer.close();

      for (var write : writes) {
        assertThat(write.get()).isInstanceOf(StoreUnavailableException.class);
      }
    }
  }

  private static Exception writeUntilRefused(GroupCommitWriter writer, CountDownLatch begun) {
    while (true) {
      try {
        writer.write(Transaction::now);
        begun.countDown();
      } catch (StoreUnavailableException closed) {
        return closed;
      }
    }
  }

  @Test
  @Timeout(60)
  void the_log_begins_anew_while_commits_come_one_after_another() throws Exception {
    var file = folder.resolve("jobs.db");
    var checkpoints = Checkpoints.unstarted(file, Long.MAX_VALUE);
    var enough = new AtomicBoolean();
    try (var writer = new GroupCommitWriter(file().writer(), Clock.systemUTC(), _ -> {}, METERS)) {
      write(writer, "CREATE TABLE texts (text TEXT)");
      var writing = CompletableFuture.runAsync(() -> writeUntil(enough, writer));
      while (beginnings(file) < 10) {
        checkpoints.look();
      }
      enough.set(true);
      writing.join();

      assertThat(Files.size(SqliteFile.logOf(file))).isLessThan(200 << 20);
    }
  }

  private static void writeUntil(AtomicBoolean enough, GroupCommitWriter writer) {
    while (!enough.get()) {
      write(writer, "INSERT INTO texts VALUES (zeroblob(100000))");
    }
  }

  /**
   * How often the log has begun anew: its header counts (sqlite.org/fileformat2.html#walformat).
   */
  private static int beginnings(Path file) throws IOException {
    try (var log = FileChannel.open(SqliteFile.logOf(file))) {
      var count = ByteBuffer.allocate(4);
      log.read(count, 12);
      return count.getInt(0);
    }
  }

  private static void write(GroupCommitWriter writer, String sql) {
    int _ = writer.write(open -> open.prepare(sql).executeUpdate());
  }

  private SqliteFile file() {
    return SqliteFile.at(StoreUrl.parse("jdbc:sqlite:" + folder.resolve("jobs.db")));
  }

  private HikariDataSource impatient(Duration busy) throws SQLException {
    var pool = file().writer();
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + busy.toMillis());
    }
    return pool;
  }
}
