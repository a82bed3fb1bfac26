package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.config.StoreUrl;
import dev.recado.job.ClaimedJob;
import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Priority;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.store.StoreUnderTest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;

/** Jobs that are claimed in the very transaction that accepts them. */
class ArrivalsTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final WorkerId WORKER = new WorkerId("w1");
  private static final Duration LEASE = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final JobIds ids = new JobIds(CLOCK);
  private SqliteJobStore store;
  private Transaction transaction;

  @BeforeEach
  void open() throws SQLException {
    var url = "jdbc:sqlite:" + folder.resolve("recado.db");
    store = SqliteJobStore.open(url, CLOCK);
    store.signOn(WORKER, 8, LEASE);
    var connection = SqliteFile.at(StoreUrl.parse(url)).writer().getConnection();
    transaction = new Transaction(connection.unwrap(SQLiteConnection.class), CLOCK);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_failed_job_is_repeated_once_also_by_two_who_share_a_transaction() throws SQLException {
    store.add(job(ids.next()));
    var failed = store.claim(WORKER, 1).getFirst();
    store.settle(failed, new Settlement.Fail(StoreUnderTest.BUSY, null));
    var repetition =
        new Repetition(Tenant.DEFAULT, List.of(failed.id()), ids, new JobRows(new OutcomeJson()));

    transaction.begin(Sync.WITH_COMMIT);
    var first = repetition.apply(transaction);
    var second = repetition.apply(transaction);
    transaction.commit();

    assertThat(first).containsOnlyKeys(failed.id());
    assertThat(second).isEmpty();
    assertThat(store.queue(Tenant.DEFAULT).queued()).isEqualTo(1);
  }

  @Test
  void a_claim_takes_the_jobs_that_arrive_with_it_in_their_order() throws SQLException {
    transaction.begin(Sync.WITH_COMMIT);
    var first = arrive();
    var second = arrive();
    var third = arrive();
    var claimed = new Claim(WORKER, 2).apply(transaction);
    transaction.commit();

    assertThat(claimed).extracting(ClaimedJob::id).containsExactly(first, second);
    assertThat(claimed).extracting(ClaimedJob::attempt).containsOnly(1);
    assertThat(claimed).extracting(ClaimedJob::inputJson).containsOnly("{}");
    assertThat(states(first, second, third))
        .containsExactly(JobState.PROCESSING, JobState.PROCESSING, JobState.QUEUED);
    assertThat(store.queue(Tenant.DEFAULT).queued()).isEqualTo(1);
    assertThat(store.queue(Tenant.DEFAULT).processing()).isEqualTo(2);
    assertThat(find(first).startedAt()).isNotNull();
    assertThat(find(third).startedAt()).isNull();
  }

  @Test
  void a_job_that_has_waited_goes_before_one_that_arrives() throws SQLException {
    var waiting = store.add(job(ids.next())).createdAt();
    transaction.begin(Sync.WITH_COMMIT);
    var arriving = arrive();
    var claimed = new Claim(WORKER, 1).apply(transaction);
    transaction.commit();

    assertThat(claimed).extracting(ClaimedJob::createdAt).containsExactly(waiting);
    assertThat(find(arriving).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void a_job_that_arrives_goes_before_one_of_low_priority_that_has_waited() throws SQLException {
    store.add(job(ids.next(), Priority.LOW));
    transaction.begin(Sync.WITH_COMMIT);
    var arriving = arrive();
    var claimed = new Claim(WORKER, 1).apply(transaction);
    transaction.commit();

    assertThat(claimed).extracting(ClaimedJob::id).containsExactly(arriving);
  }

  @Test
  void only_a_claim_that_finds_a_job_leaves_something_to_sync() throws SQLException {
    transaction.begin(Sync.AFTER_COMMIT);
    new Claim(WORKER, 1).apply(transaction);
    transaction.commit();
    assertThat(transaction.hasChanged()).isFalse();

    store.add(job(ids.next()));
    transaction.begin(Sync.AFTER_COMMIT);
    new Claim(WORKER, 1).apply(transaction);
    transaction.commit();
    assertThat(transaction.hasChanged()).isTrue();
  }

  @Test
  void of_the_jobs_that_arrive_those_of_high_priority_go_first() throws SQLException {
    transaction.begin(Sync.WITH_COMMIT);
    var first = arrive();
    var high = ids.next();
    new Submission(job(high, Priority.HIGH)).apply(transaction);
    var claimed = new Claim(WORKER, 2).apply(transaction);
    transaction.commit();

    assertThat(claimed).extracting(ClaimedJob::id).containsExactly(high, first);
  }

  @Test
  void a_worker_without_a_lease_takes_nothing_and_the_jobs_stay() throws SQLException {
    transaction.begin(Sync.WITH_COMMIT);
    var job = arrive();
    var claimed = new Claim(new WorkerId("stranger"), 1).apply(transaction);
    transaction.commit();

    assertThat(claimed).isEmpty();
    assertThat(find(job).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void a_transaction_that_is_rolled_back_leaves_no_job_to_the_next() throws SQLException {
    transaction.begin(Sync.WITH_COMMIT);
    var lost = arrive();
    transaction.rollback();
    transaction.begin(Sync.WITH_COMMIT);
    var claimed = new Claim(WORKER, 1).apply(transaction);
    transaction.commit();

    assertThat(claimed).isEmpty();
    assertThat(store.find(Tenant.DEFAULT, lost)).isEmpty();
  }

  private JobId arrive() throws SQLException {
    var id = ids.next();
    new Submission(job(id)).apply(transaction);
    return id;
  }

  private static NewJob job(JobId id) {
    return job(id, Priority.NORMAL);
  }

  private static NewJob job(JobId id, Priority priority) {
    var minutes = Duration.ofMinutes(10);
    return new NewJob(
        id,
        Tenant.DEFAULT,
        "generate",
        null,
        "{}",
        null,
        minutes,
        null,
        null,
        priority,
        null,
        null);
  }

  private List<JobState> states(JobId... ids) {
    return List.of(ids).stream().map(id -> find(id).state()).toList();
  }

  private Job find(JobId id) {
    return store.find(Tenant.DEFAULT, id).orElseThrow();
  }
}
