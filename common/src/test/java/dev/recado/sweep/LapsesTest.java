package dev.recado.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recado.job.JobIds;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.store.sqlite.SqliteJobStore;
import dev.recado.testing.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LapsesTest {
  private static final WorkerId WORKER = new WorkerId("w");
  private static final Duration LEASE = Duration.ofSeconds(10);

  private final SettableClock clock = new SettableClock();
  private final AtomicLong nanos = new AtomicLong(-5);
  @TempDir private Path folder = Path.of("");
  private SqliteJobStore store;
  private Lapses lapses;

  @BeforeEach
  void a_worker_with_a_job() {
    store = SqliteJobStore.open(url(), clock);
    lapses = new Lapses(store, nanos::get);
    var id = new JobIds(clock).next();
    store.add(new NewJob(id, Tenant.DEFAULT, "generate", null, "{}", null, LEASE, null, null));
    store.signOn(WORKER, 1, LEASE);
    assertThat(store.claim(WORKER, 1)).hasSize(1);
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("jobs.db");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_lease_that_is_good_is_waited_for_by_nobody() {
    look();

    assertThat(lapses.isWaiting()).isFalse();
    assertThat(lost()).isZero();
  }

  @Test
  void a_lease_that_has_lapsed_is_over_a_moment_later() {
    clock.advance(LEASE.plusMillis(1));
    look();
    assertThat(lapses.isWaiting()).isTrue();
    assertThat(lost()).isZero();

    nanos.addAndGet(Lapses.TURN.toNanos());

    look();
    assertThat(lost()).isEqualTo(1);
    look();
    assertThat(lapses.isWaiting()).isFalse();
  }

  @Test
  void what_is_waited_for_is_really_written() throws Exception {
    var log = folder.resolve("jobs.db-wal");
    var before = Files.readAllBytes(log);

    store.awaitDisk();

    assertThat(Files.readAllBytes(log)).isNotEqualTo(before);
  }

  @Test
  void a_lease_that_was_ended_is_over_at_once() {
    store.end(store.leases().getFirst());
    look();

    assertThat(lost()).isEqualTo(1);
  }

  /** Whatever holds it: a commit that hangs in its sync, or a process that stands still in one. */
  @Test
  void while_nobody_can_write_no_lease_is_over_and_after_that_it_can_be_renewed_first()
      throws Exception {
    clock.advance(LEASE.plusMillis(1));
    try (var rival = DriverManager.getConnection(url());
        var lock = rival.createStatement()) {
      lock.execute("BEGIN IMMEDIATE");
      var looking = CompletableFuture.runAsync(this::look);
      nanos.addAndGet(LEASE.toNanos());
      assertThatThrownBy(() -> looking.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      lock.execute("ROLLBACK");
      looking.get();
    }

    assertThat(lost()).isZero();
    assertThat(store.renewLease(WORKER, LEASE)).isTrue();
    nanos.addAndGet(Lapses.TURN.toNanos());
    look();
    assertThat(lost()).isZero();
  }

  private void look() {
    lapses.look(store.leases(), clock.instant());
  }

  private int lost() {
    return store.sweep(5, lapses.over()).requeued();
  }
}
