package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A checker that finds nothing is worth what it can find: each history here is sabotaged once. */
@Tag("process")
class CheckerTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final List<Attempt> attempts = new ArrayList<>(List.of(accepted("a"), accepted("b")));
  private final List<StoredJob> before = new ArrayList<>();
  private final List<StoredJob> jobs = new ArrayList<>(List.of(done("a"), done("b")));
  private Map<String, Integer> calls = Map.of("a", 1, "b", 1);
  private String integrity = "ok";

  @Test
  void a_run_without_a_fault_has_no_violations() {
    before.add(done("a"));

    assertThat(violations()).isEmpty();
  }

  @Test
  void a_submit_without_an_answer_may_have_been_stored_or_not() {
    attempts.add(Attempt.unanswered("c", 0, 1, "IOException"));
    assertThat(violations()).isEmpty();

    jobs.add(done("c"));
    calls = Map.of("a", 1, "b", 1, "c", 1);
    assertThat(violations()).isEmpty();
  }

  @Test
  void a_lost_job_is_found() {
    jobs.removeLast();

    assertThat(violations()).singleElement().asString().startsWith("lost: b");
  }

  @Test
  void a_doubled_job_is_found() {
    jobs.add(new StoredJob("another", "b", JobState.SUCCEEDED, 1, "b", NOON, NOON));

    assertThat(violations()).singleElement().asString().startsWith("doubled: ");
  }

  @Test
  void a_job_nobody_sent_is_found() {
    jobs.add(done("c"));
    calls = Map.of("a", 1, "b", 1, "c", 1);

    assertThat(violations()).singleElement().asString().startsWith("unexpected: ");
  }

  @Test
  void a_stuck_job_is_found() {
    replaceB(JobState.PROCESSING, null);

    assertThat(violations()).singleElement().asString().startsWith("stuck: ");
  }

  @Test
  void a_failed_job_is_found() {
    replaceB(JobState.FAILED, null);

    assertThat(violations()).singleElement().asString().startsWith("not succeeded: ");
  }

  @Test
  void another_jobs_answer_is_found() {
    replaceB(JobState.SUCCEEDED, "a");

    assertThat(violations()).singleElement().asString().startsWith("wrong answer: ");
  }

  @Test
  void a_second_outcome_is_found() {
    before.add(new StoredJob("id-b", "b", JobState.FAILED, 1, null, NOON, NOON));

    assertThat(violations()).singleElement().asString().startsWith("changed after its end: ");
  }

  @Test
  void a_call_that_no_death_explains_is_found() {
    calls = Map.of("a", 1, "b", 2);

    assertThat(violations()).anyMatch(line -> line.startsWith("called more often than deaths"));
    assertThat(violations()).anyMatch(line -> line.startsWith("called more often than tried"));
  }

  @Test
  void an_answer_that_no_call_explains_is_found() {
    calls = Map.of("a", 1);

    assertThat(violations()).singleElement().asString().startsWith("answered without a call: ");
  }

  @Test
  void a_damaged_store_is_found() {
    integrity = "row 7 missing from index";

    assertThat(violations()).containsExactly("damaged: row 7 missing from index");
  }

  @Test
  void the_time_to_recover_counts_jobs_that_ran_again_after_a_strike() {
    var strike = NOON.minusSeconds(1);
    var began = strike.minusSeconds(1);
    jobs.set(1, new StoredJob("id-b", "b", JobState.SUCCEEDED, 2, "b", began, NOON));

    var history = new History(attempts, before, jobs, calls, List.of(strike), 1, 0, integrity);

    assertThat(new Figures(history).recoveries()).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void refusals_are_counted_by_their_cause() {
    attempts.add(Attempt.refused("d", 0, 1, 503, "queue_full"));
    attempts.add(Attempt.refused("e", 0, 1, 503, "queue_full"));

    var history = new History(attempts, before, jobs, calls, List.of(), 0, 0, integrity);

    assertThat(new Figures(history).answers()).isEqualTo(Map.of("202", 2L, "503 queue_full", 2L));
  }

  private List<String> violations() {
    return Checker.violations(
        new History(attempts, before, jobs, calls, List.of(), 0, 0, integrity));
  }

  private void replaceB(JobState state, @Nullable String answer) {
    jobs.set(1, new StoredJob("id-b", "b", state, 1, answer, NOON, NOON));
  }

  private static Attempt accepted(String label) {
    return Attempt.accepted(label, 0, 1, "id-" + label);
  }

  private static StoredJob done(String label) {
    return new StoredJob("id-" + label, label, JobState.SUCCEEDED, 1, label, NOON, NOON);
  }
}
