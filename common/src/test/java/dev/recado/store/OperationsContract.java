package dev.recado.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.recado.job.ErrorCode;
import dev.recado.job.Job;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Priority;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import dev.recado.job.WorkerId;
import dev.recado.store.HistoryEntry.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What operators see and steer. */
public interface OperationsContract extends StoreUnderTest {
  JobError AUTH =
      new JobError(
          ErrorCode.PROVIDER_AUTH, "no such key", JobError.Source.PROVIDER, 401, false, null);

  private Operations operations() {
    return store().operations();
  }

  /** A job that has failed with this error. */
  default JobId failed(JobError error) {
    var id = add();
    signOn(new WorkerOf(id).id());
    settle(claimOne(new WorkerOf(id).id()), new Settlement.Fail(error, null));
    return id;
  }

  /** A worker's name made of a job's, so that each is new. */
  record WorkerOf(JobId job) {
    WorkerId id() {
      return new WorkerId("worker-of-" + job);
    }
  }

  /** The statistics of the last hour as one, once all is written. */
  private MinuteStatistics hour() {
    clock().advance(Duration.ofSeconds(1)); // by then the next transaction writes them
    store().probe();
    var minutes = operations().statistics(TENANT, clock().instant().minus(Duration.ofHours(1)));
    assertThat(minutes).hasSize(1);
    return minutes.getFirst();
  }

  private void stayWithinOneMinute() {
    var minute = clock().instant().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
    clock().advance(Duration.between(clock().instant(), minute));
  }

  @Test
  default void a_minute_counts_what_was_accepted_and_how_it_ended() {
    stayWithinOneMinute();
    succeeded();
    failed(AUTH);
    failed(AUTH);
    store().cancel(TENANT, add());
    add();

    var hour = hour();

    assertThat(hour.minute()).isEqualTo(clock().instant().truncatedTo(ChronoUnit.MINUTES));
    assertThat(hour.accepted()).isEqualTo(5);
    assertThat(hour.ended()).isEqualTo(Map.of("succeeded", 1L, "failed", 2L, "canceled", 1L));
    assertThat(hour.errors()).isEqualTo(Map.of("provider_auth", 2L));
    assertThat(hour.promptTokens()).isEqualTo(1);
    assertThat(hour.completionTokens()).isEqualTo(2);
  }

  @Test
  default void a_minute_knows_how_long_jobs_waited_ran_and_took() {
    stayWithinOneMinute();
    var id = add();
    signOn(WORKER, Duration.ofMinutes(1));
    clock().advance(Duration.ofSeconds(2));
    var claimed = claimOne(WORKER);
    clock().advance(Duration.ofSeconds(8));
    settle(claimed, new Settlement.Succeed(ANSWER, Duration.ofMillis(700)));

    var hour = hour();

    assertThat(hour.queueTime().percentile(0.5)).hasValueSatisfying(time -> near(time, 2));
    assertThat(hour.runTime().percentile(0.5)).hasValueSatisfying(time -> near(time, 8));
    assertThat(hour.totalTime().percentile(0.99)).hasValueSatisfying(time -> near(time, 10));
    assertThat(find(id).firstToken()).isEqualTo(Duration.ofMillis(700));
  }

  private static void near(Duration time, int seconds) {
    assertThat(time.toMillis()).isBetween(seconds * 900L, seconds * 1_100L);
  }

  @Test
  default void a_job_for_later_waits_from_its_time_on() {
    stayWithinOneMinute();
    add(Priority.NORMAL, clock().instant().plusSeconds(30));
    clock().advance(Duration.ofSeconds(31));
    store().sweep(MAX_CRASHES, clock().instant());
    signOn(WORKER);

    claimOne(WORKER);

    assertThat(hour().queueTime().percentile(1))
        .hasValueSatisfying(time -> assertThat(time).isLessThan(Duration.ofSeconds(2)));
  }

  @Test
  default void retries_and_fenced_outcomes_are_counted_by_cause() {
    stayWithinOneMinute();
    add();
    signOn(WORKER, Duration.ofHours(1));
    var claimed = claimOne(WORKER);
    settle(claimed, retry(clock().instant()));
    settle(claimed, new Settlement.Succeed(ANSWER));

    var hour = hour();

    assertThat(hour.retries()).isEqualTo(Map.of("provider_overloaded", 1L));
    assertThat(hour.fenced()).isEqualTo(1);
  }

  private static Settlement retry(Instant notBefore) {
    return new Settlement.Retry(notBefore, BUSY, new Setbacks(1, 0, 0, 0));
  }

  @Test
  default void statistics_are_forgotten_after_a_day() {
    add();
    clock().advance(Duration.ofHours(25));
    store().purge(Duration.ofDays(7));

    assertThat(operations().statistics(TENANT, Instant.EPOCH)).isEmpty();
  }

  @Test
  default void a_plain_job_has_no_history() {
    assertThat(operations().history(TENANT, succeeded())).isEmpty();
  }

  @Test
  default void a_job_remembers_why_it_was_tried_again_and_by_whom() {
    var id = add();
    signOn(WORKER, Duration.ofHours(1));
    var then = clock().instant().plusSeconds(3);
    var claimed = claimOne(WORKER);
    var begin = clock().instant();
    clock().advance(Duration.ofSeconds(2));
    settle(claimed, retry(then));
    var at = clock().instant();

    assertThat(operations().history(TENANT, id))
        .containsExactly(
            new HistoryEntry(
                at,
                1,
                Event.RETRY,
                "provider_overloaded",
                "busy",
                503,
                WORKER.value(),
                then,
                begin));
  }

  @Test
  default void a_fenced_outcome_leaves_no_history() {
    var id = add();
    signOn(WORKER);
    var claimed = claimOne(WORKER);
    store().cancel(TENANT, id);
    settle(claimed, retry(clock().instant()));

    assertThat(operations().history(TENANT, id)).isEmpty();
  }

  @Test
  default void a_job_remembers_the_workers_it_has_lost_and_who_handed_it_back() {
    var id = add();
    crashHolding(WORKER, 1);
    signOn(OTHER);
    claimOne(OTHER);
    store().signOff(OTHER);

    assertThat(operations().history(TENANT, id))
        .extracting(HistoryEntry::event, HistoryEntry::attempt, HistoryEntry::worker)
        .containsExactly(
            tuple(Event.WORKER_LOST, 1, WORKER.value()),
            tuple(Event.HANDED_BACK, 2, OTHER.value()));
  }

  @Test
  default void who_ran_a_job_that_ended_well_and_since_when_is_known() {
    var id = add();
    assertThat(operations().lastClaim(TENANT, id)).isEmpty();
    signOn(WORKER, Duration.ofHours(1));
    var claimed = claimOne(WORKER);
    var began = new LastClaim(1, clock().instant(), WORKER.value());
    assertThat(operations().lastClaim(TENANT, id)).contains(began);

    clock().advance(Duration.ofSeconds(2));
    settle(claimed, new Settlement.Succeed(ANSWER));

    assertThat(operations().lastClaim(TENANT, id)).contains(began);
  }

  @Test
  default void each_claim_of_a_job_keeps_its_time_and_its_worker() {
    var id = add();
    var first = clock().instant();
    crashHolding(WORKER, 1);
    signOn(OTHER, Duration.ofHours(1));
    clock().advance(Duration.ofSeconds(2));
    var second = clock().instant();
    settle(claimOne(OTHER), retry(clock().instant()));
    store().sweep(MAX_CRASHES, clock().instant());
    clock().advance(Duration.ofSeconds(2));
    var third = clock().instant();
    settle(claimOne(OTHER), new Settlement.Fail(AUTH, null));

    assertThat(operations().history(TENANT, id))
        .extracting(HistoryEntry::attempt, HistoryEntry::claimedAt, HistoryEntry::worker)
        .containsExactly(tuple(1, first, WORKER.value()), tuple(2, second, OTHER.value()));
    assertThat(operations().lastClaim(TENANT, id)).contains(new LastClaim(3, third, OTHER.value()));
  }

  @Test
  default void who_held_a_job_that_was_canceled_is_known_before_and_after_the_worker_has_noticed() {
    var id = add();
    signOn(WORKER);
    claimOne(WORKER);
    var claim = new LastClaim(1, clock().instant(), WORKER.value());

    store().cancel(TENANT, id);

    assertThat(operations().lastClaim(TENANT, id)).contains(claim);
    store().takenAwayFrom(WORKER);
    assertThat(operations().lastClaim(TENANT, id)).contains(claim);
  }

  @Test
  default void nothing_is_started_while_the_queue_is_paused_and_everything_after() {
    signOn(WORKER);
    var since = operations().pause();
    var id = add();

    assertThat(store().claim(WORKER, 1)).isEmpty();
    assertThat(store().claimOne(WORKER, new Models.Only("any"), "any")).isEmpty();
    assertThat(store().sweep(MAX_CRASHES, clock().instant()).waiting()).isEmpty();
    assertThat(store().queue(TENANT).pausedSince()).isEqualTo(since);
    assertThat(operations().pausedSince()).contains(since);

    assertThat(operations().resume()).isTrue();
    assertThat(operations().pausedSince()).isEmpty();
    assertThat(claimOne(WORKER).id()).isEqualTo(id);
  }

  @Test
  default void a_pause_begins_once_and_ends_once() {
    var since = operations().pause();
    clock().advance(Duration.ofSeconds(5));

    assertThat(operations().pause()).isEqualTo(since);
    assertThat(operations().resume()).isTrue();
    assertThat(operations().resume()).isFalse();
  }

  @Test
  default void what_runs_goes_on_while_the_queue_is_paused() {
    add();
    signOn(WORKER);
    var claimed = claimOne(WORKER);
    operations().pause();

    assertThat(settle(claimed, new Settlement.Succeed(ANSWER))).isTrue();
  }

  @Test
  default void failed_jobs_are_found_by_their_code_newest_first_without_their_texts() {
    var first = failed(AUTH);
    failed(BUSY);
    var second = failed(AUTH);

    var page = operations().failures(TENANT, ErrorCode.PROVIDER_AUTH, null, null, 1, null);
    var rest =
        operations().failures(TENANT, ErrorCode.PROVIDER_AUTH, null, null, 1, page.nextCursor());

    assertThat(page.jobs()).extracting(Job::id).containsExactly(second);
    assertThat(rest.jobs()).extracting(Job::id).containsExactly(first);
    assertThat(rest.nextCursor()).isNull();
    assertThat(page.jobs()).extracting(Job::inputJson).containsExactly((String) null);
    assertThat(page.jobs()).extracting(Job::error).containsExactly(AUTH);
  }

  @Test
  default void failed_jobs_are_repeated_once() {
    var job = failed(AUTH);

    var repeated = operations().retryFailed(TENANT, List.of(job, job));
    var again = operations().retryFailed(TENANT, List.of(job));

    assertThat(repeated).containsOnlyKeys(job);
    assertThat(again).isEmpty();
    var repetition = find(requireNonNull(repeated.get(job)));
    assertThat(repetition.state()).isEqualTo(JobState.QUEUED);
    assertThat(repetition.retryOf()).isEqualTo(job);
    assertThat(repetition.inputJson()).isEqualTo(find(job).inputJson());
  }

  @Test
  default void what_has_not_failed_or_is_erased_is_not_repeated() {
    var erased = failed(AUTH);
    store().erase(TENANT, erased);
    var waiting = add();

    var repeated =
        operations().retryFailed(TENANT, List.of(erased, waiting, succeeded(), newJob().id()));

    assertThat(repeated).isEmpty();
  }
}
