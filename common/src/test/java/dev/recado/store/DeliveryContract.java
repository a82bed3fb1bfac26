package dev.recado.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.delivery.Attempt;
import dev.recado.delivery.ClaimedDelivery;
import dev.recado.delivery.Delivery;
import dev.recado.delivery.Delivery.State;
import dev.recado.delivery.Verdict;
import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.NewJob;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The outbox of webhooks: what every job store promises. */
public interface DeliveryContract extends StoreUnderTest {
  String RECEIVER = "https://example.org:8443";
  String ANOTHER = "https://other.example";
  Duration SENDING = Duration.ofSeconds(30);

  /** A queued job that this URL wants to hear of. */
  default JobId addFor(@Nullable String url) {
    clock().advance(Duration.ofMillis(1));
    var id = new JobIds(clock()).next();
    store()
        .add(
            new NewJob(
                id, TENANT, "generate", null, "{\"text\":\"hi\"}", null, DEADLINE, null, url));
    return id;
  }

  /** A job that has ended and was to be told to this receiver. */
  default JobId endedFor(String receiver) {
    var id = addFor(receiver + "/hook?a=b");
    store().cancel(TENANT, id);
    return id;
  }

  default List<Delivery> deliveries(JobId job) {
    return store().deliveries().of(TENANT, job);
  }

  default Delivery delivery(JobId job) {
    var deliveries = deliveries(job);
    assertThat(deliveries).hasSize(1);
    return deliveries.getFirst();
  }

  default List<ClaimedDelivery> claim(String receiver, int atMost) {
    return store().deliveries().claim(Map.of(receiver, atMost), SENDING);
  }

  default ClaimedDelivery claim(String receiver) {
    var claimed = claim(receiver, 1);
    assertThat(claimed).hasSize(1);
    return claimed.getFirst();
  }

  default Attempt refused() {
    return new Attempt(clock().instant(), 500, "it answered 500", Duration.ofMillis(20));
  }

  @Test
  default void a_job_without_a_webhook_is_told_to_nobody() {
    var id = succeeded();

    assertThat(deliveries(id)).isEmpty();
    assertThat(store().deliveries().dueReceivers(10)).isEmpty();
  }

  @Test
  default void a_live_job_is_not_told_of_yet() {
    var id = addFor("https://example.org/");
    signOn(WORKER);
    var claimed = claimOne(WORKER);
    assertThat(deliveries(id)).isEmpty();
    settle(claimed, new Settlement.HandBack(claimed.setbacks()));
    assertThat(deliveries(id)).isEmpty();
  }

  @Test
  default void each_end_is_told_whoever_brings_it_about() {
    signOn(WORKER, DEADLINE.plusHours(1));
    var succeeded = addFor("https://a.example/");
    settle(claimOne(WORKER), new Settlement.Succeed(ANSWER));
    var failed = addFor("https://a.example/");
    settle(claimOne(WORKER), new Settlement.Fail(BUSY, null));
    var late = addFor("https://a.example/");
    settle(
        claimOne(WORKER),
        new Settlement.Expire(JobError.ours(ErrorCode.DEADLINE_EXCEEDED, "late", true)));
    var canceled = addFor("https://a.example/");
    store().cancel(TENANT, canceled);
    var overdue = addFor("https://a.example/");
    clock().advance(DEADLINE);
    store().sweep(MAX_CRASHES, clock().instant());

    assertThat(List.of(succeeded, failed, late, canceled, overdue))
        .extracting(id -> delivery(id).event())
        .containsExactly(
            "job.succeeded", "job.failed", "job.expired", "job.canceled", "job.expired");
  }

  @Test
  default void a_job_that_kills_its_workers_is_told_of_as_failed() {
    var id = addFor("https://a.example/");
    for (var crash = 0; crash < MAX_CRASHES; crash++) {
      crashHolding(WORKER, 1);
    }
    assertThat(delivery(id).event()).isEqualTo("job.failed");
  }

  @Test
  default void a_new_delivery_is_due_at_once_and_to_be_seen() {
    var id = endedFor(RECEIVER);

    var delivery = delivery(id);
    assertThat(delivery.state()).isEqualTo(State.PENDING);
    assertThat(delivery.attempts()).isZero();
    assertThat(delivery.createdAt()).isEqualTo(find(id).completedAt());
    assertThat(delivery.nextAttemptAt()).isEqualTo(delivery.createdAt());
    assertThat(delivery.lastAttempt()).isNull();
    assertThat(store().deliveries().of(new Tenant("stranger"), id)).isEmpty();
    assertThat(store().deliveries().dueReceivers(10)).containsExactly(RECEIVER);
  }

  @Test
  default void a_claimed_delivery_is_nobody_elses_until_its_lease_is_over() {
    var id = endedFor(RECEIVER);

    var claimed = claim(RECEIVER);

    assertThat(claimed.job()).isEqualTo(id);
    assertThat(claimed.url()).isEqualTo(RECEIVER + "/hook?a=b");
    assertThat(claimed.event()).isEqualTo("job.canceled");
    assertThat(claimed.attempt()).isEqualTo(1);
    clock().advance(SENDING.minusMillis(1));
    assertThat(claim(RECEIVER, 5)).isEmpty();
    assertThat(store().deliveries().dueReceivers(10)).isEmpty();
    clock().advance(Duration.ofMillis(1));
    assertThat(claim(RECEIVER).attempt()).isEqualTo(2);
    assertThat(claimed.id()).isEqualTo(delivery(id).id());
  }

  @Test
  default void a_sender_that_was_taken_for_lost_records_nothing() {
    var id = endedFor(RECEIVER);
    var lost = claim(RECEIVER);
    clock().advance(SENDING);
    var mine = claim(RECEIVER);

    assertThat(store().deliveries().settle(lost, refused(), new Verdict.GivenUp())).isFalse();
    assertThat(store().deliveries().settle(mine, refused(), new Verdict.Delivered())).isTrue();
    assertThat(delivery(id).state()).isEqualTo(State.DELIVERED);
  }

  @Test
  default void what_came_of_a_try_is_kept() {
    var id = endedFor(RECEIVER);
    var claimed = claim(RECEIVER);
    clock().advance(Duration.ofMillis(20));
    var later = clock().instant().plusSeconds(5);

    assertThat(store().deliveries().settle(claimed, refused(), new Verdict.RetryAt(later)))
        .isTrue();

    var delivery = delivery(id);
    assertThat(delivery.state()).isEqualTo(State.PENDING);
    assertThat(delivery.nextAttemptAt()).isEqualTo(later);
    assertThat(delivery.lastAttempt()).isEqualTo(refused());
    assertThat(claim(RECEIVER, 5)).isEmpty();
    clock().advance(Duration.ofSeconds(5));
    assertThat(claim(RECEIVER).round()).isEqualTo(2);
  }

  @Test
  default void what_is_over_is_not_sent_again() {
    for (var verdict :
        List.of(new Verdict.Delivered(), new Verdict.GivenUp(), new Verdict.Unwanted())) {
      var id = endedFor(RECEIVER);
      store().deliveries().settle(claim(RECEIVER), refused(), verdict);
      clock().advance(Duration.ofDays(1));
      assertThat(claim(RECEIVER, 5)).isEmpty();
      assertThat(delivery(id).nextAttemptAt()).isNull();
    }
  }

  @Test
  default void a_claim_takes_as_many_as_there_is_room_for_at_each_receiver_oldest_first() {
    var first = endedFor(RECEIVER);
    endedFor(RECEIVER);
    endedFor(ANOTHER);

    assertThat(store().deliveries().dueReceivers(10)).containsExactly(RECEIVER, ANOTHER);
    assertThat(store().deliveries().dueReceivers(1)).containsExactly(RECEIVER);
    assertThat(claim(RECEIVER).job()).isEqualTo(first);
    assertThat(store().deliveries().claim(Map.of(RECEIVER, 5, ANOTHER, 5), SENDING)).hasSize(2);
    assertThat(store().deliveries().claim(Map.of(), SENDING)).isEmpty();
  }

  @Test
  default void a_replay_is_the_same_delivery_with_all_its_tries() {
    var id = endedFor(RECEIVER);
    var before = claim(RECEIVER);
    store().deliveries().settle(before, refused(), new Verdict.GivenUp());

    var replayed = store().deliveries().replay(TENANT, id, before.id());

    assertThat(replayed).contains(delivery(id));
    assertThat(delivery(id).state()).isEqualTo(State.PENDING);
    var again = claim(RECEIVER);
    assertThat(again.id()).isEqualTo(before.id());
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.round()).isEqualTo(1);
  }

  @Test
  default void a_replay_fences_the_try_that_is_under_way() {
    var id = endedFor(RECEIVER);
    var underWay = claim(RECEIVER);
    store().deliveries().replay(TENANT, id, underWay.id());

    assertThat(store().deliveries().settle(underWay, refused(), new Verdict.GivenUp())).isFalse();
    assertThat(claim(RECEIVER).attempt()).isEqualTo(2);
  }

  @Test
  default void only_the_jobs_own_deliveries_are_replayed() {
    var id = endedFor(RECEIVER);
    var other = endedFor(RECEIVER);
    var deliveries = store().deliveries();

    assertThat(deliveries.replay(TENANT, id, "msg_unknown")).isEmpty();
    assertThat(deliveries.replay(TENANT, other, delivery(id).id())).isEmpty();
    assertThat(deliveries.replay(new Tenant("stranger"), id, delivery(id).id())).isEmpty();
  }

  @Test
  default void an_erased_job_is_told_of_no_more() {
    var id = endedFor(RECEIVER);
    var underWay = claim(RECEIVER);
    store().erase(TENANT, id);

    assertThat(find(id).webhook()).isNull();
    assertThat(delivery(id).state()).isEqualTo(State.DISABLED);
    assertThat(delivery(id).nextAttemptAt()).isNull();
    assertThat(store().deliveries().settle(underWay, refused(), new Verdict.Delivered())).isFalse();
    assertThat(store().deliveries().replay(TENANT, id, underWay.id())).isEmpty();
    clock().advance(SENDING);
    assertThat(store().deliveries().dueReceivers(10)).isEmpty();
  }

  @Test
  default void what_was_delivered_stays_so_when_its_job_is_erased_and_goes_with_it() {
    var retention = Duration.ofDays(7);
    var id = endedFor(RECEIVER);
    store().deliveries().settle(claim(RECEIVER), refused(), new Verdict.Delivered());
    store().erase(TENANT, id);
    assertThat(delivery(id).state()).isEqualTo(State.DELIVERED);

    clock().advance(retention.multipliedBy(2).plusMinutes(1));
    while (store().purge(retention) > 0) {}

    assertThat(deliveries(id)).isEmpty();
    var next = endedFor(RECEIVER); // gets the number of the row that is gone
    assertThat(delivery(next).state()).isEqualTo(State.PENDING);
  }
}
