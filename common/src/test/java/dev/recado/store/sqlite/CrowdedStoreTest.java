package dev.recado.store.sqlite;

import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.event.local.LocalJobEvents;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.store.JobQuery;
import dev.recado.sweep.Sweeper;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must not wait because there is much in the store. */
class CrowdedStoreTest {
  private static final int OLD_JOBS = 100_000;
  private static final int WAITING = 10_050;
  private static final String LONG_ANSWERS =
      """
      INSERT INTO job_outputs (seq, result)
      SELECT seq, json_object('content', hex(zeroblob(100000)), 'model', 'echo') FROM jobs\
      """;

  @TempDir Path folder;

  @Test
  void the_jobs_of_a_lost_worker_do_not_wait_until_all_that_is_old_is_gone() throws Exception {
    var clock = Clock.systemUTC();
    try (var store = SqliteJobStore.open(url(), clock);
        var connection = DriverManager.getConnection(url())) {
      addOldJobs(connection);
      var job = new JobIds(clock).next();
      store.add(
          new NewJob(
              job,
              Tenant.DEFAULT,
              "generate",
              null,
              "{}",
              null,
              Duration.ofMinutes(10),
              null,
              null));
      var lost = new WorkerId("lost");
      store.signOn(lost, 1, Duration.ofMillis(500));
      assertThat(store.claim(lost, 1)).hasSize(1);

      try (var _ = Sweeper.start(store, new LocalJobEvents(), clock, Duration.ofDays(1), _ -> {})) {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> store.find(Tenant.DEFAULT, job).orElseThrow().state() == JobState.QUEUED);
      }

      assertThat(countOfOldJobs(connection)).isPositive();
    }
  }

  @Test
  void a_page_of_jobs_with_long_answers_takes_little_memory() throws Exception {
    try (var store = SqliteJobStore.open(url(), Clock.systemUTC());
        var connection = DriverManager.getConnection(url());
        var statement = connection.createStatement()) {
      statement.executeUpdate(jobs(1, 100, "succeeded"));
      statement.executeUpdate(LONG_ANSWERS);
      var page = new JobQuery(Tenant.DEFAULT, null, null, null, 100, null);
      store.list(page);

      var before = allocated();
      assertThat(store.list(page).jobs()).hasSize(100);

      assertThat(allocated() - before).isLessThan(3_000_000);
    }
  }

  @Test
  void a_page_of_the_waiting_is_short_rather_than_walk_past_all_that_have_ended() throws Exception {
    try (var store = SqliteJobStore.open(url(), Clock.systemUTC());
        var connection = DriverManager.getConnection(url());
        var statement = connection.createStatement()) {
      statement.executeUpdate(jobs(1, WAITING, "queued"));
      statement.executeUpdate(jobs(WAITING + 1, WAITING + OLD_JOBS, "canceled"));
      statement.executeUpdate(
          "INSERT INTO job_counts VALUES ('default', 'queued', %d)".formatted(WAITING));

      var first = store.list(waitingAfter(null));

      assertThat(first.jobs()).isEmpty();
      assertThat(first.nextCursor()).isNotNull();
      assertThat(allWaiting(store)).hasSize(WAITING).isSortedAccordingTo(reverseOrder());
    }
  }

  private static List<JobId> allWaiting(SqliteJobStore store) {
    var found = new ArrayList<JobId>();
    @Nullable JobId cursor = null;
    do {
      var page = store.list(waitingAfter(cursor));
      page.jobs().forEach(job -> found.add(job.id()));
      cursor = page.nextCursor();
    } while (cursor != null);
    return found;
  }

  private static JobQuery waitingAfter(@Nullable JobId cursor) {
    return new JobQuery(Tenant.DEFAULT, JobState.QUEUED, null, null, 100, cursor);
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  private static void addOldJobs(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(jobs(1, OLD_JOBS, "canceled"));
      statement.executeUpdate("INSERT INTO job_inputs (seq, input) SELECT seq, '{}' FROM jobs");
      statement.executeUpdate(
          "INSERT INTO job_counts VALUES ('default', 'canceled', %d)".formatted(OLD_JOBS));
    }
  }

  private static int countOfOldJobs(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM jobs WHERE seq <= " + OLD_JOBS)) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Rows of very old jobs, with these numbers. */
  private static String jobs(int first, int last, String state) {
    return """
    WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d)
    INSERT INTO jobs (seq, id, tenant, kind, state, deadline, completed_at)
    SELECT i, printf('00000000-%%04x-7000-8000-%%012x', 1, i), 'default', 'generate', '%s',
           9000000000000, %s
      FROM n\
    """
        .formatted(first, last, state, state.equals("queued") ? "NULL" : "1");
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("jobs.db");
  }
}
