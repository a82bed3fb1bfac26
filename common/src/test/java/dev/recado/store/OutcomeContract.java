package dev.recado.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobState;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import dev.recado.job.WorkerId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How attempts end, and who may end them: what every job store promises. */
public interface OutcomeContract extends StoreUnderTest {

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
  default void a_job_that_is_put_off_waits_and_has_lost_no_try() {
    var id = add();
    signOn(WORKER);
    var later = clock().instant().plusSeconds(5);
    var claimed = claimOne(WORKER);
    clock().advance(Duration.ofSeconds(1));

    settle(claimed, new Settlement.PutOff(later, new Setbacks(0, 0, 0, 1)));

    store().sweep(MAX_CRASHES, clock().instant());
    assertThat(store().claim(WORKER, 1)).isEmpty();
    assertThat(find(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(find(id).attempts()).isZero();
    clock().advance(Duration.ofSeconds(5));
    store().sweep(MAX_CRASHES, clock().instant());
    assertThat(claimOne(WORKER).setbacks()).isEqualTo(new Setbacks(0, 0, 0, 1));
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
    assertThat(store().sweep(MAX_CRASHES, clock().instant()).due()).isEqualTo(1);
    var again = claimOne(OTHER);
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.setbacks()).isEqualTo(once);
  }

  @Test
  default void of_the_failures_those_are_known_that_were_answers_without_sense() {
    add();
    signOn(WORKER);
    for (var error : List.of(BUSY, NONSENSE, BUSY)) {
      var job = claimOne(WORKER);
      var setbacks = job.setbacks().plusFailure(error.code());
      settle(job, new Settlement.Retry(clock().instant(), error, setbacks));
      store().sweep(MAX_CRASHES, clock().instant());
    }

    assertThat(claimOne(WORKER).setbacks()).isEqualTo(new Setbacks(3, 0, 0, 0, 1));
  }

  @Test
  default void an_answer_without_sense_is_known_however_late_it_came() {
    add();
    signOn(WORKER);
    for (var i = 0; i < 150; i++) {
      var job = claimOne(WORKER);
      settle(job, new Settlement.Retry(clock().instant(), BUSY, job.setbacks().plusThrottle()));
      store().sweep(MAX_CRASHES, clock().instant());
    }

    var job = claimOne(WORKER);
    var setbacks = job.setbacks().plusFailure(NONSENSE.code());
    settle(job, new Settlement.Retry(clock().instant(), NONSENSE, setbacks));
    store().sweep(MAX_CRASHES, clock().instant());

    assertThat(claimOne(WORKER).setbacks()).isEqualTo(new Setbacks(1, 150, 0, 0, 1));
  }

  @Test
  default void a_result_after_a_retry_replaces_the_error() {
    var id = add();
    signOn(WORKER);
    settle(claimOne(WORKER), new Settlement.Retry(clock().instant(), BUSY, Setbacks.NONE));
    store().sweep(MAX_CRASHES, clock().instant());

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

  @Test
  default void a_worker_that_renews_keeps_its_jobs() {
    add();
    signOn(WORKER);
    var claimed = claimOne(WORKER);

    for (var i = 0; i < 5; i++) {
      clock().advance(Duration.ofSeconds(8));
      assertThat(store().renewLease(WORKER, LEASE)).isTrue();
      assertThat(store().sweep(MAX_CRASHES, clock().instant()).requeued()).isZero();
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

    assertThat(store().sweep(MAX_CRASHES, clock().instant()).requeued()).isZero();
    assertThat(settle(claimed, new Settlement.Succeed(ANSWER))).isTrue();
  }

  @Test
  default void a_lease_that_is_ended_before_its_time_lapses_at_the_next_sweep() {
    add();
    signOn(WORKER);
    claimOne(WORKER);
    var lease = store().leases().getFirst();
    var now = clock().instant();
    assertThat(lease).isEqualTo(new Lease(WORKER, now, now.plus(LEASE)));

    assertThat(store().end(lease)).isTrue();

    assertThat(store().sweep(MAX_CRASHES, clock().instant()).requeued()).isEqualTo(1);
    assertThat(store().leases()).isEmpty();
    assertThat(store().renewLease(WORKER, LEASE)).isFalse();
  }

  @Test
  default void a_lease_that_is_renewed_meanwhile_is_not_ended() {
    add();
    signOn(WORKER);
    claimOne(WORKER);
    var lease = store().leases().getFirst();
    clock().advance(Duration.ofSeconds(1));
    store().renewLease(WORKER, LEASE);

    assertThat(store().end(lease)).isFalse();

    assertThat(store().sweep(MAX_CRASHES, clock().instant()).requeued()).isZero();
  }

  @Test
  default void the_jobs_of_a_silent_worker_go_back_to_the_queue_and_its_late_result_is_fenced() {
    var id = add();
    signOn(WORKER);
    var zombie = claimOne(WORKER);
    clock().advance(LEASE.plusMillis(1));
    signOn(OTHER);

    assertThat(store().sweep(MAX_CRASHES, clock().instant()).requeued()).isEqualTo(1);

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
        store().sweep(MAX_CRASHES, clock().instant());
      } else {
        held.forEach(job -> settle(job, new Settlement.Succeed(ANSWER)));
      }
    }

    assertThat(find(poison).state()).isEqualTo(JobState.FAILED);
    assertThat(neighbours)
        .allSatisfy(id -> assertThat(find(id).state()).isEqualTo(JobState.SUCCEEDED));
  }
}
