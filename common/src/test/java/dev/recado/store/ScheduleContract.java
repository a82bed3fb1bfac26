package dev.recado.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Priority;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import dev.recado.job.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who goes first, and who later. */
public interface ScheduleContract extends StoreUnderTest {

  @Test
  default void high_goes_before_normal_before_low() {
    var low = add(Priority.LOW);
    var normal = add(Priority.NORMAL);
    var high = add(Priority.HIGH);
    signOn(WORKER);

    assertThat(claimOne(WORKER).id()).isEqualTo(high);
    assertThat(claimOne(WORKER).id()).isEqualTo(normal);
    assertThat(claimOne(WORKER).id()).isEqualTo(low);
  }

  @Test
  default void one_claim_takes_of_all_priorities_in_their_order() {
    var low = add(Priority.LOW);
    var normal = addMany(2);
    var high = add(Priority.HIGH);
    signOn(WORKER);

    assertThat(store().claim(WORKER, 8))
        .extracting(ClaimedJob::id)
        .containsExactly(high, normal.get(0), normal.get(1), low);
  }

  @Test
  default void a_low_job_waits_for_sixteen_others_at_most_however_many_come() {
    var low = add(Priority.LOW);
    signOn(WORKER);
    var claimed = new ArrayList<JobId>();

    for (var i = 0; i < 40 && !claimed.contains(low); i++) {
      add(Priority.HIGH);
      add(Priority.NORMAL);
      claimed.add(claimOne(WORKER).id());
    }

    assertThat(claimed).contains(low).hasSizeLessThanOrEqualTo(16);
  }

  @Test
  default void large_claims_leave_room_for_those_that_came_first_too() {
    var low = IntStream.range(0, 8).mapToObj(i -> add(Priority.LOW)).toList();
    addMany(100);
    signOn(WORKER);

    assertThat(store().claim(WORKER, 64))
        .extracting(ClaimedJob::id)
        .hasSize(64)
        .containsAll(low.subList(0, 4))
        .doesNotContain(low.get(4));
  }

  @Test
  default void the_place_in_line_goes_by_priority() {
    var low = add(Priority.LOW);
    var normal = addMany(2);
    var high = add(Priority.HIGH);

    assertThat(store().queuePosition(TENANT, high)).contains(1L);
    assertThat(store().queuePosition(TENANT, normal.get(1))).contains(3L);
    assertThat(store().queuePosition(TENANT, low)).contains(4L);
  }

  @Test
  default void a_receipt_tells_the_place_that_the_priority_gives() {
    IntStream.range(0, 5).forEach(i -> add(Priority.LOW));

    assertThat(store().add(newJob()).position()).isEqualTo(1);
    assertThat(store().add(newJob()).position()).isEqualTo(2);
    assertThat(store().load().waiting()).isEqualTo(new Waiting(0, 2, 5, 0));
  }

  @Test
  default void the_place_is_exact_up_to_a_thousand_and_rounded_beyond() {
    var ids = new ArrayList<JobId>();
    for (var i = 0; i < 1_400; i++) {
      ids.add(add(Priority.NORMAL));
      add(Priority.LOW); // between them, so that the distance alone says nothing
    }

    assertThat(store().queuePosition(TENANT, ids.get(999))).contains(1_000L);
    assertThat(store().queuePosition(TENANT, ids.get(1_399)).orElseThrow())
        .isBetween(1_200L, 1_600L)
        .satisfies(place -> assertThat(place % 100).isZero());
  }

  @Test
  default void an_old_retry_at_the_head_does_not_stretch_the_line() {
    var old = add(Priority.NORMAL);
    signOn(WORKER, Duration.ofHours(1));
    var retry = claimOne(WORKER);
    addMany(2_400);
    for (var i = 0; i < 24; i++) {
      store().claim(WORKER, 50).forEach(job -> settle(job, new Settlement.Succeed(ANSWER)));
    }
    settle(retry, new Settlement.Retry(clock().instant(), BUSY, new Setbacks(1, 0, 0, 0)));
    store().sweep(MAX_CRASHES, clock().instant());
    var middle = addMany(1_200).getFirst();

    assertThat(store().queuePosition(TENANT, old)).contains(1L);
    assertThat(store().queuePosition(TENANT, middle)).contains(1_200L);
  }

  @Test
  default void a_job_for_later_is_claimed_when_its_time_comes_and_not_before() {
    var later = add(Priority.NORMAL, clock().instant().plusSeconds(60));
    signOn(WORKER, Duration.ofHours(1));
    store().sweep(MAX_CRASHES, clock().instant());
    assertThat(store().claim(WORKER, 8)).isEmpty();
    assertThat(store().queuePosition(TENANT, later)).isEmpty();
    assertThat(store().load().waiting()).isEqualTo(new Waiting(0, 0, 0, 1));

    var report = store().sweep(MAX_CRASHES, clock().instant());
    clock().advance(Duration.between(clock().instant(), report.nextDue().orElseThrow()));
    assertThat(store().sweep(MAX_CRASHES, clock().instant()).due()).isEqualTo(1);

    assertThat(store().load().waiting()).isEqualTo(new Waiting(0, 1, 0, 0));
    assertThat(claimOne(WORKER).id()).isEqualTo(later);
    assertThat(find(later).startedAt()).isEqualTo(find(later).runAt());
  }

  @Test
  default void claimable_jobs_are_counted_no_further_than_asked() {
    addMany(3);
    add(Priority.NORMAL, clock().instant().plusSeconds(60));
    signOn(WORKER);

    assertThat(store().claimable(2)).isEqualTo(2);
    assertThat(store().claimable(100)).isEqualTo(3);

    store().claim(WORKER, 2);
    assertThat(store().claimable(100)).isEqualTo(1);
  }

  @Test
  default void the_deadline_counts_from_the_time_a_job_may_start() {
    var runAt = clock().instant().plusSeconds(3_600);

    var later = add(Priority.NORMAL, runAt);
    var past = add(Priority.NORMAL, clock().instant().minusSeconds(3_600));

    assertThat(find(later).deadline()).isEqualTo(runAt.plus(DEADLINE));
    assertThat(find(past).deadline()).isEqualTo(find(past).createdAt().plus(DEADLINE));
    assertThat(find(past).runAt()).isNull();
  }

  @Test
  default void jobs_for_later_can_be_canceled_and_expire_like_others() {
    var canceled = add(Priority.HIGH, clock().instant().plusSeconds(60));
    var expired = add(Priority.LOW, clock().instant().plusSeconds(60));

    store().cancel(TENANT, canceled);
    clock().advance(DEADLINE.plusSeconds(61));
    store().sweep(MAX_CRASHES, clock().instant());

    assertThat(Set.of(find(canceled).state(), find(expired).state()))
        .containsExactlyInAnyOrder(JobState.CANCELED, JobState.EXPIRED);
    assertThat(store().load().waiting()).isEqualTo(new Waiting(0, 0, 0, 0));
  }

  @Test
  default void the_queue_is_as_old_as_the_longest_that_could_have_been_started() {
    add(Priority.HIGH, clock().instant().plusSeconds(60));
    add(Priority.LOW);
    clock().advance(Duration.ofSeconds(61));
    add(Priority.NORMAL);
    store().sweep(MAX_CRASHES, clock().instant());

    assertThat(store().queue(TENANT).oldestAge()).hasSeconds(61);
  }

  /** Each of these claims meets a suspect, and one in sixteen a turn of the oldest as well. */
  @Test
  default void a_claim_takes_no_more_than_it_asks_for() {
    addMany(20);
    crashHolding(WORKER, 20);
    crashHolding(WORKER, 20);
    add(Priority.HIGH);
    addMany(20);

    for (var i = 0; i < 20; i++) {
      var worker = new WorkerId("worker-" + i);
      signOn(worker);
      assertThat(store().claim(worker, 1)).hasSize(1);
    }
  }
}
