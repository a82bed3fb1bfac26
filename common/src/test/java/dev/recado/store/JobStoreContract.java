package dev.recado.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ClaimedJob;
import dev.recado.job.ErrorCode;
import dev.recado.job.Job;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobResult;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.job.Usage;
import dev.recado.job.WorkerId;
import dev.recado.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every job store promises. An adapter's test implements the two accessors. */
public interface JobStoreContract {
  Tenant TENANT = Tenant.DEFAULT;
  Duration LEASE = Duration.ofSeconds(10);
  Duration DEADLINE = Duration.ofMinutes(10);
  int MAX_CRASHES = 5;
  WorkerId WORKER = new WorkerId("worker-a");
  WorkerId OTHER = new WorkerId("worker-b");
  JobResult ANSWER =
      new JobResult("hello", null, null, "echo", new Usage(1L, 2L, 3L, null, null), "stop");
  JobError BUSY =
      new JobError(
          ErrorCode.PROVIDER_OVERLOADED, "busy", JobError.Source.PROVIDER, 503, true, "req-1");

  /** An empty store on {@link #clock}. */
  JobStore store();

  /** The store's clock. */
  SettableClock clock();

  // ---- accepting and finding ----

  @Test
  default void an_accepted_job_is_found_as_it_was_given() {
    var job = newJob("{\"text\":\"hi\"}", "{\"ticket\":\"42\"}");

    var receipt = store().add(job);

    assertThat(receipt.createdAt()).isEqualTo(job.id().createdAt());
    assertThat(receipt.deadline()).isEqualTo(receipt.createdAt().plus(DEADLINE));
    var found = store().find(TENANT, job.id()).orElseThrow();
    assertThat(found.state()).isEqualTo(JobState.QUEUED);
    assertThat(found.inputJson()).isEqualTo("{\"text\":\"hi\"}");
    assertThat(found.metadataJson()).isEqualTo("{\"ticket\":\"42\"}");
    assertThat(found.attempts()).isZero();
    assertThat(found.startedAt()).isNull();
    assertThat(found.erased()).isFalse();
  }

  @Test
  default void a_receipt_says_how_many_are_queued() {
    assertThat(store().add(newJob()).queued()).isEqualTo(1);
    assertThat(store().add(newJob()).queued()).isEqualTo(2);
  }

  @Test
  default void the_job_of_another_tenant_is_not_found() {
    var id = add();

    assertThat(store().find(new Tenant("stranger"), id)).isEmpty();
    assertThat(store().cancel(new Tenant("stranger"), id))
        .isInstanceOf(CancelOutcome.Unknown.class);
    assertThat(store().erase(new Tenant("stranger"), id)).isEqualTo(EraseOutcome.UNKNOWN);
  }

  @Test
  default void jobs_added_at_once_are_all_there() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 500).forEach(i -> threads.execute(() -> store().add(newJob())));
    }

    assertThat(store().queue(TENANT).queued()).isEqualTo(500);
    assertThat(page(100, null).jobs()).hasSize(100);
  }

  // ---- the line ----

  @Test
  default void jobs_are_claimed_in_the_order_of_arrival() {
    var ids = addMany(3);
    signOn(WORKER);

    assertThat(store().claim(WORKER, 2)).extracting(ClaimedJob::id).isEqualTo(ids.subList(0, 2));
    assertThat(store().claim(WORKER, 2)).extracting(ClaimedJob::id).isEqualTo(ids.subList(2, 3));
    assertThat(store().claim(WORKER, 2)).isEmpty();
  }

  @Test
  default void a_claim_carries_what_the_worker_needs() {
    var id = add();
    signOn(WORKER);

    var claimed = claimOne(WORKER);

    assertThat(claimed.id()).isEqualTo(id);
    assertThat(claimed.attempt()).isEqualTo(1);
    assertThat(claimed.inputJson()).isEqualTo("{\"text\":\"hi\"}");
    assertThat(claimed.setbacks()).isEqualTo(Setbacks.NONE);
    assertThat(find(id).state()).isEqualTo(JobState.PROCESSING);
    assertThat(find(id).startedAt()).isEqualTo(clock().instant());
  }

  @Test
  default void the_place_in_line_moves_up_as_others_are_claimed() {
    var ids = addMany(3);
    signOn(WORKER);

    assertThat(store().queuePosition(TENANT, ids.get(2))).contains(3L);
    store().claim(WORKER, 1);
    assertThat(store().queuePosition(TENANT, ids.get(2))).contains(2L);
    assertThat(store().queuePosition(TENANT, ids.get(0))).isEmpty();
  }

  @Test
  default void two_workers_never_claim_the_same_job() throws Exception {
    addMany(200);
    signOn(WORKER);
    signOn(OTHER);
    var claimed = Collections.synchronizedList(new ArrayList<JobId>());

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var worker : List.of(WORKER, OTHER)) {
        IntStream.range(0, 40)
            .forEach(i ->
                threads.execute(
                    () -> store().claim(worker, 5).forEach(job -> claimed.add(job.id()))));
      }
    }

    assertThat(claimed).hasSize(200).doesNotHaveDuplicates();
  }

  // ---- settling ----

  @Test
  default void a_result_is_kept_whole() {
    var id = add();
    signOn(WORKER);
    var claimed = claimOne(WORKER);
    clock().advance(Duration.ofSeconds(2));

    assertThat(settle(claimed, new Settlement.Succeed(ANSWER))).isTrue();

    var job = find(id);
    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job.result()).isEqualTo(ANSWER);
    assertThat(job.error()).isNull();
    assertThat(job.completedAt()).isEqualTo(clock().instant());
  }

  @Test
  default void a_failure_keeps_its_error_and_what_there_was_of_an_answer() {
    var id = add();
    signOn(WORKER);

    settle(claimOne(WORKER), new Settlement.Fail(BUSY, ANSWER));

    assertThat(find(id).state()).isEqualTo(JobState.FAILED);
    assertThat(find(id).error()).isEqualTo(BUSY);
    assertThat(find(id).result()).isEqualTo(ANSWER);
  }

  @Test
  default void a_finished_job_can_not_be_settled_again() {
    var id = add();
    signOn(WORKER);
    var claimed = claimOne(WORKER);
    settle(claimed, new Settlement.Succeed(ANSWER));

    assertThat(settle(claimed, new Settlement.Fail(BUSY, null))).isFalse();
    assertThat(find(id).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(find(id).error()).isNull();
  }

  @Test
  default void a_retry_waits_until_it_is_due_and_says_why() {
    var id = add();
    signOn(WORKER);
    var once = new Setbacks(1, 0, 0, 0);
    var due = clock().instant().plusSeconds(30);
    settle(claimOne(WORKER), new Settlement.Retry(due, BUSY, once));

    assertThat(find(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(find(id).error()).isEqualTo(BUSY);
    assertThat(store().claim(WORKER, 1)).isEmpty();
    assertThat(store().queuePosition(TENANT, id)).isEmpty();

    clock().advance(Duration.ofSeconds(30));
    store().renewLease(WORKER, LEASE);
    signOn(OTHER);
    assertThat(store().sweep(MAX_CRASHES).due()).isEqualTo(1);
    var again = claimOne(OTHER);
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.setbacks()).isEqualTo(once);
  }

  @Test
  default void a_result_after_a_retry_replaces_the_error() {
    var id = add();
    signOn(WORKER);
    settle(claimOne(WORKER), new Settlement.Retry(clock().instant(), BUSY, Setbacks.NONE));
    store().sweep(MAX_CRASHES);

    settle(claimOne(WORKER), new Settlement.Succeed(ANSWER));

    assertThat(find(id).error()).isNull();
    assertThat(find(id).result()).isEqualTo(ANSWER);
  }

  @Test
  default void a_job_handed_back_is_claimable_at_once() {
    add();
    signOn(WORKER);
    var interrupted = new Setbacks(0, 0, 0, 1);

    settle(claimOne(WORKER), new Settlement.HandBack(interrupted));

    var again = claimOne(WORKER);
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.setbacks()).isEqualTo(interrupted);
  }

  // ---- leases and fencing ----

  @Test
  default void a_worker_that_renews_keeps_its_jobs() {
    add();
    signOn(WORKER);
    var claimed = claimOne(WORKER);

    for (var i = 0; i < 5; i++) {
      clock().advance(Duration.ofSeconds(8));
      assertThat(store().renewLease(WORKER, LEASE)).isTrue();
      assertThat(store().sweep(MAX_CRASHES).requeued()).isZero();
    }

    assertThat(settle(claimed, new Settlement.Succeed(ANSWER))).isTrue();
  }

  @Test
  default void a_lapsed_lease_that_no_sweep_has_seen_can_be_renewed() {
    add();
    signOn(WORKER);
    var claimed = claimOne(WORKER);
    clock().advance(LEASE.plusSeconds(30));

    assertThat(store().renewLease(WORKER, LEASE)).isTrue();

    assertThat(store().sweep(MAX_CRASHES).requeued()).isZero();
    assertThat(settle(claimed, new Settlement.Succeed(ANSWER))).isTrue();
  }

  @Test
  default void the_jobs_of_a_silent_worker_go_back_to_the_queue_and_its_late_result_is_fenced() {
    var id = add();
    signOn(WORKER);
    var zombie = claimOne(WORKER);
    clock().advance(LEASE.plusMillis(1));
    signOn(OTHER);

    assertThat(store().sweep(MAX_CRASHES).requeued()).isEqualTo(1);

    assertThat(settle(zombie, new Settlement.Succeed(ANSWER))).isFalse();
    var again = claimOne(OTHER);
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.setbacks().crashes()).isEqualTo(1);
    assertThat(settle(zombie, new Settlement.Succeed(ANSWER))).isFalse();
    assertThat(find(id).state()).isEqualTo(JobState.PROCESSING);
    assertThat(store().renewLease(WORKER, LEASE)).isFalse();
  }

  @Test
  default void a_worker_without_a_lease_claims_nothing() {
    add();
    assertThat(store().claim(WORKER, 1)).isEmpty();

    signOn(WORKER);
    clock().advance(LEASE.plusMillis(1));

    assertThat(store().claim(WORKER, 1)).isEmpty();
  }

  @Test
  default void a_worker_that_signs_off_gives_its_jobs_back_as_interrupted() {
    add();
    signOn(WORKER);
    claimOne(WORKER);

    store().signOff(WORKER);

    signOn(OTHER);
    var again = claimOne(OTHER);
    assertThat(again.setbacks()).isEqualTo(new Setbacks(0, 0, 0, 1));
  }

  @Test
  default void a_job_whose_workers_keep_dying_fails_as_worker_lost() {
    var id = add();
    for (var i = 0; i < MAX_CRASHES; i++) {
      crashHolding(new WorkerId("worker-" + i), 1);
    }

    assertThat(find(id).state()).isEqualTo(JobState.FAILED);
    var error = find(id).error();
    assertThat(error).isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.WORKER_LOST);
    assertThat(find(id).attempts()).isEqualTo(MAX_CRASHES);
  }

  @Test
  default void a_poison_job_does_not_take_its_neighbours_down_with_it() {
    var poison = add();
    var neighbours = addMany(20);

    for (var i = 0; store().queue(TENANT).queued() > 0; i++) {
      var worker = new WorkerId("worker-" + i);
      signOn(worker);
      var held = store().claim(worker, 64);
      if (held.stream().anyMatch(job -> job.id().equals(poison))) {
        clock().advance(LEASE.plusMillis(1));
        store().sweep(MAX_CRASHES);
      } else {
        held.forEach(job -> settle(job, new Settlement.Succeed(ANSWER)));
      }
    }

    assertThat(find(poison).state()).isEqualTo(JobState.FAILED);
    assertThat(neighbours)
        .allSatisfy(id -> assertThat(find(id).state()).isEqualTo(JobState.SUCCEEDED));
  }

  // ---- cancel, expire ----

  @Test
  default void a_queued_job_is_canceled_for_good() {
    var id = add();

    var outcome = store().cancel(TENANT, id);

    assertThat(outcome)
        .isEqualTo(new CancelOutcome.Canceled(find(id), CancelOutcome.Canceled.From.QUEUE));
    signOn(WORKER);
    assertThat(store().claim(WORKER, 1)).isEmpty();
    assertThat(store().queue(TENANT).queued()).isZero();
  }

  @Test
  default void canceling_again_says_the_same() {
    var id = add();
    store().cancel(TENANT, id);

    assertThat(store().cancel(TENANT, id)).isInstanceOf(CancelOutcome.Canceled.class);
  }

  @Test
  default void a_running_job_is_canceled_under_its_worker_which_learns_of_it_once() {
    var id = add();
    signOn(WORKER);
    var claimed = claimOne(WORKER);

    var outcome = store().cancel(TENANT, id);

    assertThat(outcome)
        .isEqualTo(new CancelOutcome.Canceled(find(id), CancelOutcome.Canceled.From.WORKER));
    assertThat(settle(claimed, new Settlement.Succeed(ANSWER))).isFalse();
    assertThat(store().canceledUnder(WORKER)).containsExactly(id);
    assertThat(store().canceledUnder(WORKER)).isEmpty();
    assertThat(find(id).state()).isEqualTo(JobState.CANCELED);
  }

  @Test
  default void a_finished_job_is_not_canceled() {
    var id = succeeded();

    assertThat(store().cancel(TENANT, id)).isInstanceOf(CancelOutcome.AlreadyFinished.class);
    assertThat(find(id).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  default void a_job_nobody_took_in_time_expires() {
    var id = add();
    clock().advance(DEADLINE);

    assertThat(store().sweep(MAX_CRASHES).expired()).isEqualTo(1);

    assertThat(find(id).state()).isEqualTo(JobState.EXPIRED);
    var error = find(id).error();
    assertThat(error).isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
  }

  @Test
  default void a_running_job_far_beyond_its_deadline_is_taken_away_from_its_worker() {
    var id = add();
    signOn(WORKER, DEADLINE.plusHours(1));
    var claimed = claimOne(WORKER);
    clock().advance(DEADLINE.plusSeconds(6));

    assertThat(store().sweep(MAX_CRASHES).expired()).isEqualTo(1);

    assertThat(find(id).state()).isEqualTo(JobState.EXPIRED);
    assertThat(store().canceledUnder(WORKER)).containsExactly(id);
    assertThat(settle(claimed, new Settlement.Succeed(ANSWER))).isFalse();
  }

  // ---- listing, counting ----

  @Test
  default void a_list_is_newest_first_and_pages_without_gaps_or_repeats() {
    var ids = addMany(25);

    var seen = new ArrayList<JobId>();
    JobId cursor = null;
    do {
      var page = page(10, cursor);
      page.jobs().forEach(job -> seen.add(job.id()));
      add(); // newcomers must not shift the pages that follow
      cursor = page.nextCursor();
    } while (cursor != null);

    assertThat(seen).isEqualTo(ids.reversed());
  }

  @Test
  default void a_list_can_be_narrowed_by_state_and_age() {
    var early = succeeded();
    clock().advance(Duration.ofMinutes(1));
    var between = clock().instant();
    var late = succeeded();
    add();

    assertThat(ids(new JobQuery(TENANT, JobState.SUCCEEDED, null, null, 10, null)))
        .containsExactly(late, early);
    assertThat(ids(new JobQuery(TENANT, JobState.SUCCEEDED, between, null, 10, null)))
        .containsExactly(late);
    assertThat(ids(new JobQuery(TENANT, null, null, between, 10, null))).containsExactly(early);
    assertThat(ids(new JobQuery(new Tenant("stranger"), null, null, null, 10, null))).isEmpty();
  }

  @Test
  default void the_queue_at_a_glance_follows_every_move() {
    addMany(3);
    clock().advance(Duration.ofSeconds(4));
    signOn(WORKER);
    var held = store().claim(WORKER, 2);

    var queue = store().queue(TENANT);

    assertThat(queue.queued()).isEqualTo(1);
    assertThat(queue.processing()).isEqualTo(2);
    assertThat(queue.oldestAge()).isEqualTo(Duration.ofSeconds(4));
    assertThat(queue.workers())
        .containsExactly(new QueueSnapshot.Worker(WORKER.value(), 64, 2, clock().instant()));
    settle(held.get(0), new Settlement.Succeed(ANSWER));
    store().cancel(TENANT, held.get(1).id());
    assertThat(store().queue(TENANT).processing()).isZero();
  }

  // ---- erasing ----

  @Test
  default void an_erased_job_is_a_tombstone_without_texts() {
    var id = succeeded();

    assertThat(store().erase(TENANT, id)).isEqualTo(EraseOutcome.ERASED);
    assertThat(store().erase(TENANT, id)).isEqualTo(EraseOutcome.ERASED);

    var job = find(id);
    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job.erased()).isTrue();
    assertThat(job.inputJson()).isNull();
    assertThat(job.metadataJson()).isNull();
    assertThat(job.result()).isNull();
  }

  @Test
  default void a_live_job_is_not_erased() {
    assertThat(store().erase(TENANT, add())).isEqualTo(EraseOutcome.STILL_LIVE);
  }

  @Test
  default void retention_erases_texts_first_and_drops_tombstones_later() {
    var retention = Duration.ofDays(7);
    var old = succeeded();
    clock().advance(Duration.ofDays(1));
    var young = succeeded();
    clock().advance(Duration.ofDays(6).plusMinutes(1));

    while (store().purge(retention) > 0) {}

    assertThat(find(old).erased()).isTrue();
    assertThat(find(young).erased()).isFalse();

    clock().advance(Duration.ofDays(7));
    while (store().purge(retention) > 0) {}

    assertThat(store().find(TENANT, old)).isEmpty();
    assertThat(find(young).erased()).isTrue();
  }

  @Test
  default void retention_never_touches_a_live_job() {
    var id = add();
    clock().advance(Duration.ofDays(100));

    assertThat(store().purge(Duration.ofDays(7))).isZero();
    assertThat(find(id).erased()).isFalse();
  }

  // ---- helpers ----

  private NewJob newJob() {
    return newJob("{\"text\":\"hi\"}", null);
  }

  private NewJob newJob(String input, @Nullable String metadata) {
    // A real clock's ids differ by time; this one stands still, so let it tick.
    clock().advance(Duration.ofMillis(1));
    return new NewJob(
        new JobIds(clock()).next(), TENANT, "generate", null, input, metadata, DEADLINE, null);
  }

  /** A queued job. */
  default JobId add() {
    var job = newJob();
    store().add(job);
    return job.id();
  }

  private List<JobId> addMany(int count) {
    return IntStream.range(0, count).mapToObj(i -> add()).toList();
  }

  private void signOn(WorkerId worker) {
    signOn(worker, LEASE);
  }

  private void signOn(WorkerId worker, Duration lease) {
    store().signOn(worker, 64, lease);
  }

  private ClaimedJob claimOne(WorkerId worker) {
    return store().claim(worker, 1).getFirst();
  }

  private boolean settle(ClaimedJob job, Settlement settlement) {
    return store().settle(job.id(), job.attempt(), settlement);
  }

  private void crashHolding(WorkerId worker, int atMost) {
    signOn(worker);
    assertThat(store().claim(worker, atMost)).isNotEmpty();
    clock().advance(LEASE.plusMillis(1));
    store().sweep(MAX_CRASHES);
  }

  /** A job that has its result. */
  default JobId succeeded() {
    var id = add();
    var worker = new WorkerId("worker-of-" + id);
    signOn(worker);
    var claimed = store().claim(worker, 64);
    claimed.forEach(job -> settle(job, new Settlement.Succeed(ANSWER)));
    return id;
  }

  private Job find(JobId id) {
    return store().find(TENANT, id).orElseThrow();
  }

  private JobPage page(int limit, @Nullable JobId cursor) {
    return store().list(new JobQuery(TENANT, null, null, null, limit, cursor));
  }

  private List<JobId> ids(JobQuery query) {
    return store().list(query).jobs().stream().map(Job::id).toList();
  }
}
