package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.config.StoreUrl;
import dev.recado.job.ClaimedJob;
import dev.recado.job.JobIds;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;

/** Web tells of a job before its commit, and a worker of another process claims at once. */
class AnnouncementsTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final WorkerId WORKER = new WorkerId("w1");

  @TempDir Path folder;
  private String url;

  @BeforeEach
  void place() {
    url = "jdbc:sqlite:" + folder.resolve("recado.db");
  }

  @Test
  void a_claim_that_is_ahead_of_the_commit_waits_for_it_and_finds_the_job() throws Exception {
    try (var web = SqliteJobStore.open(url, CLOCK);
        var worker = SqliteJobStore.open(url, CLOCK)) {
      worker.signOn(WORKER, 8, Duration.ofMinutes(1));
      var claim = new CompletableFuture<List<ClaimedJob>>();
      web.announceArrivalsTo(_ -> {
        claim.completeAsync(() -> worker.claim(WORKER, 1));
        waitForOneThatIsTooEarly(claim);
      });

      var job = job();
      web.add(job);

      assertThat(claim.get(10, TimeUnit.SECONDS))
          .extracting(ClaimedJob::id)
          .containsExactly(job.id());
    }
  }

  @Test
  void a_job_whose_transaction_fails_is_not_counted_for_ever() throws SQLException {
    try (var writing = SqliteFile.at(StoreUrl.parse(url)).writer();
        var store = SqliteJobStore.open(url, CLOCK)) {
      assertThat(store.claimable(1)).isZero();
      var transaction =
          new Transaction(writing.getConnection().unwrap(SQLiteConnection.class), CLOCK);
      transaction.begin(Sync.WITH_COMMIT);
      new Submission(job()).apply(transaction);
      transaction.arrivals().announce(transaction.announcements());
      assertThat(transaction.announcements().underWay()).isEqualTo(1);

      transaction.rollback();

      assertThat(transaction.announcements().underWay()).isZero();
    }
  }

  /** One that does not wait for the writer is back within this time, with nothing. */
  private static void waitForOneThatIsTooEarly(CompletableFuture<?> claim) {
    try {
      claim.get(300, TimeUnit.MILLISECONDS);
    } catch (TimeoutException itWaits) {
      return;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static NewJob job() {
    return new NewJob(
        new JobIds(CLOCK).next(),
        Tenant.DEFAULT,
        "generate",
        null,
        "{}",
        null,
        Duration.ofMinutes(10),
        null,
        null);
  }
}
