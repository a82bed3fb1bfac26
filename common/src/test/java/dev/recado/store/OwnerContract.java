package dev.recado.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.Ending;
import dev.recado.job.ErrorCode;
import dev.recado.job.JobId;
import dev.recado.job.JobResult;
import dev.recado.job.JobState;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Canceling, listing, erasing, and what time does: what every job store promises. */
public interface OwnerContract extends StoreUnderTest {

  @Test
  default void the_state_of_a_job_is_told_to_its_owner_alone() {
    var id = add();
    assertThat(store().state(TENANT, id)).hasValue(JobState.QUEUED);

    store().cancel(TENANT, id);

    assertThat(store().state(TENANT, id)).hasValue(JobState.CANCELED);
    assertThat(store().state(new Tenant("stranger"), id)).isEmpty();
    assertThat(store().state(TENANT, newJob().id())).isEmpty();
  }

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
    assertThat(store().takenAwayFrom(WORKER)).containsExactly(id);
    assertThat(store().takenAwayFrom(WORKER)).isEmpty();
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

    assertThat(store().sweep(MAX_CRASHES, clock().instant()).ended())
        .containsExactly(new Ending(id, JobState.QUEUED, JobState.EXPIRED));

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

    assertThat(store().sweep(MAX_CRASHES, clock().instant()).ended())
        .containsExactly(new Ending(id, JobState.PROCESSING, JobState.EXPIRED));

    assertThat(find(id).state()).isEqualTo(JobState.EXPIRED);
    assertThat(store().takenAwayFrom(WORKER)).containsExactly(id);
    assertThat(settle(claimed, new Settlement.Succeed(ANSWER))).isFalse();
  }

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
  default void a_list_holds_what_is_shown_of_jobs_and_none_of_their_texts() {
    signOn(WORKER);
    store().add(newJob("{\"text\":\"long\"}", "{\"ticket\":\"42\"}"));
    settle(claimOne(WORKER), new Settlement.Succeed(ANSWER));

    var listed = page(10, null).jobs().getFirst();

    assertThat(listed.inputJson()).isNull();
    assertThat(listed.metadataJson()).isEqualTo("{\"ticket\":\"42\"}");
    assertThat(listed.erased()).isFalse();
    assertThat(listed.result())
        .isEqualTo(
            new JobResult(null, null, null, ANSWER.model(), ANSWER.usage(), ANSWER.finishReason()));
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
        .containsExactly(
            new QueueSnapshot.Worker(
                WORKER.value(), 64, 2, clock().instant(), clock().instant().plus(LEASE)));
    assertThat(queue.ended()).isEmpty();
    settle(held.get(0), new Settlement.Succeed(ANSWER));
    store().cancel(TENANT, held.get(1).id());
    assertThat(store().queue(TENANT).processing()).isZero();
    assertThat(store().queue(TENANT).ended())
        .isEqualTo(Map.of(JobState.SUCCEEDED, 1L, JobState.CANCELED, 1L));
    assertThat(store().load().bytes()).isPositive();
  }

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
}
