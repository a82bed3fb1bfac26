package dev.recado.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.event.local.LocalJobEvents;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Priority;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.store.sqlite.SqliteJobStore;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When jobs of a lost worker are heard of, by two sweepers of which one only can ring for them. */
class SweeperTest {
  /** From the first look, which is followed by others a second and two seconds later. */
  private static final Duration LAPSE = Duration.ofMillis(1_100);

  /** A slow machine's look at the moment itself, and not yet the one of two seconds later. */
  private static final Duration SOON_AFTER = Duration.ofMillis(800);

  private static final Duration RETENTION = Duration.ofDays(1);
  private static final Long OVERDUE = 50_000L;

  private final Clock clock = Clock.systemUTC();
  private final Collection<JobId> heard = new ConcurrentLinkedQueue<>();
  @TempDir private Path folder = Path.of("");
  private SqliteJobStore store;

  @BeforeEach
  void a_waiting_job() {
    store = SqliteJobStore.open("jdbc:sqlite:" + folder.resolve("jobs.db"), clock);
    var hour = Duration.ofHours(1);
    var id = new JobIds(clock).next();
    store.add(new NewJob(id, Tenant.DEFAULT, "generate", null, "{}", null, hour, null, null));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void they_are_heard_of_when_its_lease_is_over_and_not_a_period_later() {
    // The one that cannot ring is a little earlier at everything.
    try (var _ = Sweeper.start(store, new LocalJobEvents(), clock, RETENTION, _ -> {});
        var _ = Sweeper.start(store, new LocalJobEvents(), clock, RETENTION, heard::addAll)) {
      var lost = new WorkerId("lost");
      store.signOn(lost, 1, LAPSE);
      var lapse = store.leases().getFirst().until();
      assertThat(store.claim(lost, 1)).hasSize(1);

      await().pollInterval(Duration.ofMillis(5)).until(() -> !heard.isEmpty());

      assertThat(clock.instant()).isBetween(lapse, lapse.plus(SOON_AFTER));
    }
    assertThat(List.copyOf(heard)).hasSize(1);
  }

  @Test
  void a_job_for_later_is_heard_of_when_its_time_comes() {
    try (var _ = Sweeper.start(store, new LocalJobEvents(), clock, RETENTION, _ -> {});
        var _ = Sweeper.start(store, new LocalJobEvents(), clock, RETENTION, heard::addAll)) {
      var runAt = clock.instant().plus(LAPSE);
      var id = new JobIds(clock).next();
      var hour = Duration.ofHours(1);
      store.add(
          new NewJob(
              id,
              Tenant.DEFAULT,
              "generate",
              null,
              "{}",
              null,
              hour,
              null,
              null,
              Priority.HIGH,
              runAt,
              null));

      await().pollInterval(Duration.ofMillis(5)).until(() -> heard.contains(id));

      assertThat(clock.instant()).isBetween(runAt, runAt.plus(SOON_AFTER));
    }
  }

  @Test
  void many_jobs_that_are_overdue_expire_without_a_pause_of_a_period() throws Exception {
    addOverdue();

    try (var _ = Sweeper.start(store, new LocalJobEvents(), clock, RETENTION, _ -> {})) {
      await()
          .atMost(Duration.ofSeconds(20)) // with a pause after each sweep of 2,000 it were 24
          .until(() -> OVERDUE.equals(store.queue(Tenant.DEFAULT).ended().get(JobState.EXPIRED)));
    }
  }

  private void addOverdue() throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("jobs.db"));
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i <= %d)
          INSERT INTO jobs (seq, id, tenant, kind, state, deadline)
          SELECT i, printf('00000000-%%04x-7000-8000-%%012x', 1, i), 'default', 'generate',
                 'queued', 1
            FROM n\
          """
              .formatted(OVERDUE));
      statement.executeUpdate("UPDATE job_counts SET n = n + " + OVERDUE);
    }
  }
}
