package dev.recado.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Accepting, finding and standing in line: what every job store promises. */
public interface LineContract extends StoreUnderTest {
  String USUAL_MODEL = "usual";

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
  default void an_outcome_is_found_without_what_was_asked() {
    var job = newJob("{\"text\":\"hi\"}", "{\"ticket\":\"42\"}");
    store().add(job);
    signOn(WORKER);
    settle(claimOne(WORKER), new Settlement.Succeed(ANSWER));

    var found = store().findOutcome(TENANT, job.id()).orElseThrow();

    assertThat(found.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(found.result()).isEqualTo(ANSWER);
    assertThat(found.inputJson()).isNull();
    assertThat(found.metadataJson()).isNull();
    assertThat(found.erased()).isFalse();
    store().erase(TENANT, job.id());
    assertThat(store().findOutcome(TENANT, job.id()).orElseThrow().erased()).isTrue();
    assertThat(store().findOutcome(new Tenant("stranger"), job.id())).isEmpty();
  }

  @Test
  default void the_trace_of_a_job_is_known_to_worker_and_asker_until_it_is_erased() {
    var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    signOn(WORKER);
    var job = newJob().within(trace);
    store().add(job);
    var claimed = claimOne(WORKER);

    assertThat(claimed.traceparent()).isEqualTo(trace);
    assertThat(find(job.id()).traceparent()).isEqualTo(trace);
    assertThat(store().findOutcome(TENANT, job.id()).orElseThrow().traceparent()).isEqualTo(trace);
    settle(claimed, new Settlement.Succeed(ANSWER));
    store().erase(TENANT, job.id());
    assertThat(find(job.id()).traceparent()).isNull();
  }

  @Test
  default void a_receipt_says_how_many_are_queued() {
    assertThat(store().add(newJob()).waiting().total()).isEqualTo(1);
    assertThat(store().add(newJob()).waiting().total()).isEqualTo(2);
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
  default void a_probe_prefers_a_job_that_was_never_refused() {
    var refused = add();
    signOn(WORKER);
    settle(
        claimOne(WORKER), new Settlement.Retry(clock().instant(), BUSY, new Setbacks(0, 1, 0, 0)));
    store().sweep(MAX_CRASHES, clock().instant());
    var fresh = add();

    assertThat(probe(USUAL_MODEL)).extracting(ClaimedJob::id).containsExactly(fresh);
    assertThat(probe(USUAL_MODEL)).extracting(ClaimedJob::id).containsExactly(refused);
    assertThat(probe(USUAL_MODEL)).isEmpty();
  }

  @Test
  default void a_probe_is_for_the_model_that_is_looked_for() {
    var usual = add();
    var other = addFor("other");
    signOn(WORKER);

    assertThat(probe("nobody-asks-for-this")).isEmpty();
    assertThat(probe("other")).extracting(ClaimedJob::id).containsExactly(other);
    assertThat(probe(USUAL_MODEL)).extracting(ClaimedJob::id).containsExactly(usual);
  }

  @Test
  default void one_job_may_be_taken_of_any_model_but_some() {
    add();
    addFor("gone");
    var other = addFor("said \"to\" be there");
    signOn(WORKER);

    var gone = new Models.AllBut(Set.of(USUAL_MODEL, "gone"));
    assertThat(store().claimOne(WORKER, gone, USUAL_MODEL))
        .extracting(ClaimedJob::id)
        .containsExactly(other);
    assertThat(store().claimOne(WORKER, gone, USUAL_MODEL)).isEmpty();
    assertThat(probe("said \"to\" be there")).isEmpty();
  }

  private List<ClaimedJob> probe(String model) {
    return store().claimOne(WORKER, new Models.Only(model), USUAL_MODEL);
  }

  private JobId addFor(String model) {
    var id = newJob().id();
    store().add(new NewJob(id, TENANT, "generate", model, "{}", null, DEADLINE, null, null));
    return id;
  }

  @Test
  default void the_load_tells_who_waits_who_runs_and_who_has_finished() {
    assertThat(store().load().accepted()).isZero();
    succeeded();
    addMany(3);
    signOn(WORKER);
    claimOne(WORKER);

    var load = store().load();

    assertThat(load.accepted()).isEqualTo(4);
    assertThat(load.waiting().total()).isEqualTo(2);
    assertThat(load.processing()).isEqualTo(1);
    assertThat(load.finished()).isEqualTo(1);
    assertThat(load.freeBytes()).isPositive();
  }

  @Test
  default void jobs_that_expire_have_not_been_finished() {
    addMany(3);
    clock().advance(DEADLINE);

    store().sweep(MAX_CRASHES, clock().instant());

    assertThat(store().load().abandoned()).isEqualTo(3);
    assertThat(store().load().finished()).isZero();
  }

  @Test
  default void jobs_that_expired_have_not_been_finished_when_they_are_forgotten() {
    succeeded();
    addMany(3);
    clock().advance(DEADLINE);
    store().sweep(MAX_CRASHES, clock().instant());
    clock().advance(Duration.ofDays(15));
    add();

    while (store().purge(Duration.ofDays(7)) > 0) {}

    assertThat(store().queue(TENANT).ended().values()).containsOnly(0L);
    assertThat(store().load().finished()).isEqualTo(1);
  }

  @Test
  default void a_probe_needs_a_lease_as_well() {
    add();

    assertThat(probe(USUAL_MODEL)).isEmpty();
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
}
