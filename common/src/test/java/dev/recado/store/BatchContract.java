package dev.recado.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.batch.Batch;
import dev.recado.batch.BatchOutcome;
import dev.recado.batch.BatchRequest;
import dev.recado.batch.BatchResult;
import dev.recado.batch.BatchStore;
import dev.recado.batch.NewBatch;
import dev.recado.job.BatchId;
import dev.recado.job.ClaimedJob;
import dev.recado.job.Ending;
import dev.recado.job.IdempotencyKey;
import dev.recado.job.Job;
import dev.recado.job.JobResult;
import dev.recado.job.JobState;
import dev.recado.job.Priority;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Jobs that are left many together. */
public interface BatchContract extends StoreUnderTest {
  IdempotencyKey KEY = new IdempotencyKey("key", "wish");

  private BatchStore batches() {
    return store().batches();
  }

  private BatchId open() {
    var id = new BatchId(newJob().id().value());
    batches().open(new NewBatch(id, TENANT, "{\"a\":\"b\"}", clock().instant().plus(DEADLINE)));
    return id;
  }

  private BatchRequest request(int index, @Nullable Instant runAt) {
    var job = newJob(Priority.LOW, runAt);
    return new BatchRequest(index, "request-" + index, job);
  }

  private void fill(BatchId batch, int from, int to) {
    for (var start = from; start < to; start += BatchStore.PIECE) {
      var piece = new ArrayList<BatchRequest>();
      for (var i = start; i < Math.min(to, start + BatchStore.PIECE); i++) {
        piece.add(request(i, null));
      }
      assertThat(batches().fill(batch, piece)).isTrue();
    }
  }

  private BatchId filled(int count) {
    var id = open();
    fill(id, 0, count);
    return id;
  }

  private BatchId accepted(int count) {
    var id = filled(count);
    assertThat(batches().accept(TENANT, id, null)).isInstanceOf(BatchOutcome.Accepted.class);
    return id;
  }

  private void tendAll() {
    while (batches().tend().hasMore()) {}
  }

  private Batch find(BatchId id) {
    return batches().find(TENANT, id).orElseThrow();
  }

  private List<ClaimedJob> claimAll() {
    var claimed = new ArrayList<ClaimedJob>();
    for (var some = store().claim(WORKER, 64); !some.isEmpty(); some = store().claim(WORKER, 64)) {
      claimed.addAll(some);
    }
    return claimed;
  }

  private List<Integer> indexes(List<BatchResult> results) {
    return results.stream().map(BatchResult::index).toList();
  }

  @Test
  default void nobody_sees_a_batch_before_it_is_accepted() {
    signOn(WORKER);
    var id = filled(3);
    tendAll();

    assertThat(store().claim(WORKER, 8)).isEmpty();
    assertThat(batches().find(TENANT, id)).isEmpty();
    assertThat(batches().list(TENANT, null, 10).batches()).isEmpty();
    assertThat(batches().results(TENANT, id, -1, 10)).isEmpty();
    assertThat(batches().cancel(TENANT, id)).isEmpty();
  }

  @Test
  default void an_accepted_batch_counts_its_jobs_as_they_go() {
    signOn(WORKER);
    var id = accepted(4);
    assertThat(find(id).counts()).isEqualTo(new Batch.Counts(4, 0, 0, 0, 0, 0));
    tendAll();

    var claimed = store().claim(WORKER, 3);
    assertThat(find(id).counts()).isEqualTo(new Batch.Counts(1, 3, 0, 0, 0, 0));
    settle(claimed.get(0), new Settlement.Succeed(ANSWER));
    settle(claimed.get(1), new Settlement.Fail(BUSY, null));
    settle(claimed.get(2), new Settlement.HandBack(claimed.get(2).setbacks()));

    assertThat(find(id).counts()).isEqualTo(new Batch.Counts(2, 0, 1, 1, 0, 0));
    assertThat(find(id).status()).isEqualTo(Batch.Status.IN_PROGRESS);
  }

  @Test
  default void a_batch_is_complete_with_its_last_job() {
    signOn(WORKER);
    var id = accepted(3);
    tendAll();
    clock().advance(Duration.ofSeconds(1));

    claimAll().forEach(job -> settle(job, new Settlement.Succeed(ANSWER)));

    assertThat(find(id).status()).isEqualTo(Batch.Status.COMPLETED);
    assertThat(find(id).completedAt()).isEqualTo(clock().instant());
    assertThat(find(id).metadataJson()).isEqualTo("{\"a\":\"b\"}");
  }

  @Test
  default void all_jobs_of_a_large_batch_are_released_piece_by_piece() {
    signOn(WORKER, Duration.ofHours(1));
    accepted(1_201);

    var first = batches().tend();
    assertThat(first.hasMore()).isTrue();
    assertThat(first.released()).hasSize(JobStore.FIRST_IN_LINE);
    assertThat(store().load().waiting()).isEqualTo(new Waiting(0, 0, BatchStore.PIECE, 701));
    tendAll();

    assertThat(claimAll()).hasSize(1_201).extracting(ClaimedJob::batch).doesNotContainNull();
    assertThat(store().load().waiting()).isEqualTo(new Waiting(0, 0, 0, 0));
  }

  @Test
  default void a_single_job_goes_before_a_batch() {
    signOn(WORKER);
    accepted(5);
    tendAll();
    var single = add();

    assertThat(claimOne(WORKER).id()).isEqualTo(single);
  }

  @Test
  default void a_batch_that_is_abandoned_leaves_nothing() {
    var id = filled(1_201);
    clock().advance(BatchStore.PATIENCE.plusMillis(1));

    tendAll();

    assertThat(store().load().waiting().total()).isZero();
    assertThat(page(10, null).jobs()).isEmpty();
    assertThat(batches().fill(id, List.of(request(1_201, null)))).isFalse();
    assertThat(batches().accept(TENANT, id, null)).isInstanceOf(BatchOutcome.Abandoned.class);
  }

  @Test
  default void a_batch_that_is_being_dropped_is_neither_filled_nor_accepted_any_more() {
    var id = filled(1_201);
    clock().advance(BatchStore.PATIENCE.plusMillis(1));

    assertThat(batches().tend().hasMore()).isTrue();

    assertThat(batches().fill(id, List.of(request(1_201, null)))).isFalse();
    assertThat(batches().accept(TENANT, id, null)).isInstanceOf(BatchOutcome.Abandoned.class);
    tendAll();
    assertThat(store().load().waiting().total()).isZero();
  }

  @Test
  default void jobs_of_an_abandoned_batch_have_not_been_finished() {
    filled(2);
    add();
    clock().advance(BatchStore.PATIENCE.plusMillis(1));

    tendAll();

    assertThat(store().load().waiting().total()).isEqualTo(1);
    assertThat(store().load().finished()).isZero();
  }

  @Test
  default void a_batch_given_up_is_dropped_at_once() {
    var id = filled(2);

    batches().abandon(id);
    tendAll();

    assertThat(store().load().waiting().total()).isZero();
    assertThat(batches().accept(TENANT, id, null)).isInstanceOf(BatchOutcome.Abandoned.class);
  }

  @Test
  default void a_batch_that_is_still_filled_is_left_alone() {
    var id = filled(2);
    for (var i = 2; i < 6; i++) {
      clock().advance(BatchStore.PATIENCE.minusSeconds(1));
      tendAll();
      fill(id, i, i + 1);
    }

    assertThat(batches().accept(TENANT, id, null)).isInstanceOf(BatchOutcome.Accepted.class);
    assertThat(find(id).counts().total()).isEqualTo(6);
  }

  @Test
  default void cancel_ends_what_waits_and_what_runs_and_keeps_what_has_ended() {
    signOn(WORKER);
    var id = accepted(1_001);
    tendAll();
    var claimed = store().claim(WORKER, 2);
    settle(claimed.get(0), new Settlement.Succeed(ANSWER));

    assertThat(batches().cancel(TENANT, id).orElseThrow().status())
        .isEqualTo(Batch.Status.CANCELING);
    var ended = new ArrayList<>(batches().tend().ended());
    ended.addAll(batches().tend().ended());
    ended.addAll(batches().tend().ended());

    assertThat(batches().tend().hasMore()).isFalse();
    assertThat(ended)
        .hasSize(1_000)
        .contains(new Ending(claimed.get(1).id(), JobState.PROCESSING, JobState.CANCELED))
        .filteredOn(ending -> ending.before() == JobState.QUEUED)
        .hasSize(999);
    assertThat(find(id).counts()).isEqualTo(new Batch.Counts(0, 0, 1, 0, 1_000, 0));
    assertThat(find(id).status()).isEqualTo(Batch.Status.CANCELED);
    assertThat(settle(claimed.get(1), new Settlement.Succeed(ANSWER))).isFalse();
    assertThat(store().takenAwayFrom(WORKER)).containsExactly(claimed.get(1).id());
    assertThat(indexes(batches().results(TENANT, id, -1, 2_000))).hasSize(1_001);
  }

  @Test
  default void a_batch_can_be_canceled_before_all_of_it_is_released() {
    var id = accepted(1_001);
    batches().tend();

    batches().cancel(TENANT, id);
    tendAll();

    assertThat(find(id).counts().canceled()).isEqualTo(1_001);
    assertThat(store().load().waiting().total()).isZero();
  }

  @Test
  default void a_complete_batch_is_not_canceled() {
    signOn(WORKER);
    var id = accepted(1);
    tendAll();
    settle(claimOne(WORKER), new Settlement.Succeed(ANSWER));

    assertThat(batches().cancel(TENANT, id).orElseThrow().status())
        .isEqualTo(Batch.Status.COMPLETED);
  }

  @Test
  default void jobs_that_expire_leave_the_batch_expired_with_its_partial_results() {
    signOn(WORKER);
    var id = accepted(3);
    tendAll();
    settle(claimOne(WORKER), new Settlement.Succeed(ANSWER));
    clock().advance(DEADLINE);
    store().sweep(MAX_CRASHES, clock().instant());

    assertThat(find(id).status()).isEqualTo(Batch.Status.EXPIRED);
    assertThat(find(id).counts()).isEqualTo(new Batch.Counts(0, 0, 1, 0, 0, 2));
    assertThat(batches().results(TENANT, id, -1, 10))
        .extracting(result -> result.job().state())
        .containsExactly(JobState.SUCCEEDED, JobState.EXPIRED, JobState.EXPIRED);
  }

  @Test
  default void a_batch_whose_jobs_expired_before_it_was_accepted_is_expired() {
    var id = filled(2);
    clock().advance(DEADLINE);
    store().sweep(MAX_CRASHES, clock().instant());

    batches().accept(TENANT, id, null);
    tendAll();

    assertThat(find(id).status()).isEqualTo(Batch.Status.EXPIRED);
  }

  @Test
  default void jobs_of_a_lost_worker_are_counted_as_queued_again() {
    var id = accepted(2);
    tendAll();
    crashHolding(WORKER, 2);

    assertThat(find(id).counts()).isEqualTo(new Batch.Counts(2, 0, 0, 0, 0, 0));
  }

  @Test
  default void results_come_in_the_order_of_the_batch_and_go_on_after_an_index() {
    signOn(WORKER);
    var id = accepted(5);
    tendAll();
    var claimed = store().claim(WORKER, 5);
    for (var i : List.of(4, 0, 2)) {
      settle(claimed.get(i), new Settlement.Succeed(ANSWER));
    }

    assertThat(indexes(batches().results(TENANT, id, -1, 10))).containsExactly(0, 2, 4);
    assertThat(indexes(batches().results(TENANT, id, -1, 2))).containsExactly(0, 2);
    assertThat(indexes(batches().results(TENANT, id, 2, 10))).containsExactly(4);
    assertThat(batches().results(TENANT, id, -1, 10))
        .extracting(BatchResult::customId)
        .containsExactly("request-0", "request-2", "request-4");
    assertThat(batches().results(TENANT, id, -1, 10))
        .extracting(BatchResult::job)
        .extracting(Job::batch)
        .containsOnly(id);
  }

  private static JobResult answerOf(int length) {
    return new JobResult("x".repeat(length), null, null, "echo", null, "stop");
  }

  @Test
  default void large_results_come_a_few_at_a_time_and_one_at_least() {
    signOn(WORKER);
    var id = accepted(5);
    tendAll();
    var lengths = List.of(100_000, 100_000, 100_000, 300_000, 10);
    var claimed = store().claim(WORKER, 5);
    for (var i = 0; i < 5; i++) {
      settle(claimed.get(i), new Settlement.Succeed(answerOf(lengths.get(i))));
    }

    assertThat(indexes(batches().results(TENANT, id, -1, 10))).containsExactly(0, 1);
    assertThat(indexes(batches().results(TENANT, id, 1, 10))).containsExactly(2);
    assertThat(indexes(batches().results(TENANT, id, 2, 10))).containsExactly(3);
    assertThat(indexes(batches().results(TENANT, id, 3, 10))).containsExactly(4);
  }

  @Test
  default void results_come_without_what_was_asked() {
    var id = open();
    var job = newJob("{\"text\":\"hi\"}", "{\"ticket\":\"42\"}");
    batches().fill(id, List.of(new BatchRequest(0, "request-0", job)));
    batches().accept(TENANT, id, null);
    tendAll();
    store().cancel(TENANT, job.id());

    var result = batches().results(TENANT, id, -1, 10).getFirst().job();
    assertThat(result.inputJson()).isNull();
    assertThat(result.metadataJson()).isNull();
    assertThat(result.erased()).isFalse();
  }

  @Test
  default void a_request_for_later_waits_for_its_time() {
    signOn(WORKER, Duration.ofHours(1));
    var id = open();
    var runAt = clock().instant().plusSeconds(60);
    batches().fill(id, List.of(request(0, runAt), request(1, null)));
    batches().accept(TENANT, id, null);
    tendAll();

    assertThat(claimAll()).hasSize(1);
    clock().advance(Duration.ofSeconds(60));
    store().sweep(MAX_CRASHES, clock().instant());

    assertThat(claimAll()).hasSize(1);
  }

  @Test
  default void the_same_key_and_wish_is_the_first_batch_again() {
    var first = filled(2);
    var second = filled(2);
    assertThat(batches().findRepeated(TENANT, KEY)).isEmpty();
    batches().accept(TENANT, first, KEY);

    assertThat(batches().accept(TENANT, second, KEY))
        .isInstanceOfSatisfying(
            BatchOutcome.Repeated.class,
            repeated -> assertThat(repeated.batch().id()).isEqualTo(first));
    assertThat(batches().findRepeated(TENANT, KEY))
        .hasValueSatisfying(
            repeated -> assertThat(repeated).isInstanceOf(BatchOutcome.Repeated.class));
    assertThat(batches().findRepeated(TENANT, new IdempotencyKey("key", "other")))
        .hasValueSatisfying(
            repeated -> assertThat(repeated).isInstanceOf(BatchOutcome.KeyReused.class));
    batches().abandon(second);
    tendAll();
    assertThat(store().load().waiting().total()).isEqualTo(2);
  }

  @Test
  default void batches_are_listed_newest_first() {
    var ids = List.of(accepted(1), accepted(1), accepted(1));

    var page = batches().list(TENANT, null, 2);
    assertThat(page.batches()).extracting(Batch::id).containsExactly(ids.get(2), ids.get(1));
    assertThat(page.hasMore()).isTrue();
    var rest = batches().list(TENANT, ids.get(1), 2);
    assertThat(rest.batches()).extracting(Batch::id).containsExactly(ids.get(0));
    assertThat(rest.hasMore()).isFalse();
  }

  @Test
  default void the_batch_of_another_tenant_is_not_found() {
    var stranger = new Tenant("stranger");
    var id = accepted(1);

    assertThat(batches().find(stranger, id)).isEmpty();
    assertThat(batches().cancel(stranger, id)).isEmpty();
    assertThat(batches().results(stranger, id, -1, 10)).isEmpty();
    assertThat(batches().list(stranger, null, 10).batches()).isEmpty();
    assertThat(find(id).canceledAt()).isNull();
  }

  @Test
  default void retention_leaves_a_batch_a_line_for_each_of_its_jobs_while_one_still_waits() {
    signOn(WORKER);
    var id = accepted(3);
    tendAll();
    settle(claimOne(WORKER), new Settlement.Succeed(ANSWER));
    var retention = Duration.ofMinutes(1);

    clock().advance(retention.multipliedBy(3));
    while (store().purge(retention) > 0) {}

    var results = batches().results(TENANT, id, -1, 10);
    assertThat(results).hasSize(1);
    assertThat(results.getFirst().job().erased()).isTrue();
  }

  @Test
  default void retention_takes_the_labels_with_the_texts_and_the_batch_with_its_jobs() {
    signOn(WORKER, Duration.ofDays(30));
    var id = accepted(3);
    tendAll();
    claimAll().forEach(job -> settle(job, new Settlement.Fail(BUSY, null)));
    var retention = Duration.ofHours(1);

    clock().advance(retention.plusMillis(1));
    while (store().purge(retention) > 0) {}
    assertThat(find(id).metadataJson()).isNull();
    assertThat(find(id).counts().failed()).isEqualTo(3);
    assertThat(batches().results(TENANT, id, -1, 10))
        .allSatisfy(result -> assertThat(result.job().erased()).isTrue());

    clock().advance(retention);
    while (store().purge(retention) > 0) {}
    assertThat(batches().find(TENANT, id)).isEmpty();
    assertThat(page(10, null).jobs()).isEmpty();
  }
}
