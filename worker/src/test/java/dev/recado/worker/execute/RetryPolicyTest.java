package dev.recado.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.JobResult;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import dev.recado.worker.model.ModelAnswer.Refused;
import dev.recado.worker.model.ModelAnswer.Remedy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant DEADLINE = NOW.plusSeconds(600);
  private static final JobError ERROR =
      new JobError(
          ErrorCode.PROVIDER_OVERLOADED, "busy", JobError.Source.PROVIDER, 503, true, null);
  private static final Refused NONSENSE =
      new Refused(
          new JobError(
              ErrorCode.PROVIDER_BAD_RESPONSE, "?", JobError.Source.PROVIDER, 200, true, null),
          Remedy.RETRY_ONCE,
          null,
          null);
  private static final JobError SILENCE =
      new JobError(
          ErrorCode.PROVIDER_TIMEOUT, "silent", JobError.Source.PROVIDER, null, true, null);
  private static final JobResult PARTIAL =
      new JobResult("half an ans", null, null, "m", null, null);

  private final RetryPolicy policy = RetryPolicy.STANDARD;

  @Test
  void a_refusal_that_nothing_helps_against_fails_at_once() {
    assertThat(settle(brokenOff(Remedy.NONE, null), Setbacks.NONE))
        .isEqualTo(new Settlement.Fail(ERROR, PARTIAL));
  }

  @Test
  void a_failure_that_may_pass_is_tried_again_with_growing_delays() {
    assertThat(settle(refused(Remedy.RETRY, null), Setbacks.NONE))
        .isEqualTo(new Settlement.Retry(NOW.plusMillis(750), ERROR, failures(1)));
    assertThat(settle(refused(Remedy.RETRY, null), failures(2)))
        .isEqualTo(new Settlement.Retry(NOW.plusMillis(3_000), ERROR, failures(3)));
  }

  @Test
  void no_retry_comes_so_soon_that_the_others_have_not_shown_yet_that_the_model_is_away() {
    assertThat(policy.settle(refused(Remedy.RETRY, null), Setbacks.NONE, NOW, DEADLINE, 0))
        .isEqualTo(new Settlement.Retry(NOW.plusMillis(500), ERROR, failures(1)));
  }

  @Test
  void the_fifth_failure_is_the_last() {
    assertThat(settle(brokenOff(Remedy.RETRY, null), failures(4)))
        .isEqualTo(new Settlement.Fail(ERROR, PARTIAL));
  }

  @Test
  void an_answer_that_makes_no_sense_gets_one_more_chance() {
    var once = new Setbacks(1, 0, 0, 0, 1);

    assertThat(settle(NONSENSE, Setbacks.NONE))
        .isEqualTo(new Settlement.Retry(NOW.plusMillis(750), NONSENSE.error(), once));
    assertThat(settle(NONSENSE, once)).isInstanceOf(Settlement.Fail.class);
  }

  @Test
  void it_gets_it_also_after_failures_of_other_kinds() {
    var after = new Setbacks(3, 0, 0, 0, 1);

    assertThat(settle(NONSENSE, failures(2)))
        .isEqualTo(new Settlement.Retry(NOW.plusMillis(3_000), NONSENSE.error(), after));
    assertThat(settle(NONSENSE, after.plusFailure(ERROR.code())))
        .isInstanceOf(Settlement.Fail.class);
  }

  @Test
  void but_not_after_four_of_them() {
    assertThat(settle(NONSENSE, failures(4))).isInstanceOf(Settlement.Fail.class);
  }

  @Test
  void a_busy_provider_costs_the_job_no_try_however_often() {
    var before = new Setbacks(4, 200, 0, 0);

    assertThat(settle(refused(Remedy.WAIT, null), before))
        .isEqualTo(new Settlement.Retry(NOW.plusMillis(22_500), ERROR, new Setbacks(4, 201, 0, 0)));
  }

  @Test
  void a_call_in_vain_costs_no_try_if_it_is_the_first_that_the_job_had_to_wait_for() {
    assertThat(settle(refused(Remedy.WAIT_ONCE, null), failures(1)))
        .isEqualTo(new Settlement.Retry(NOW.plusMillis(1_500), ERROR, new Setbacks(1, 1, 0, 0)));
    assertThat(settle(refused(Remedy.WAIT_ONCE, null), new Setbacks(1, 1, 0, 0)))
        .isEqualTo(new Settlement.Retry(NOW.plusMillis(1_500), ERROR, new Setbacks(2, 1, 0, 0)));
    assertThat(settle(refused(Remedy.WAIT_ONCE, null), new Setbacks(4, 1, 0, 0)))
        .isInstanceOf(Settlement.Fail.class);
  }

  @Test
  void a_busy_provider_that_breaks_an_answer_off_costs_the_job_a_try() {
    assertThat(settle(brokenOff(Remedy.WAIT, null), new Setbacks(1, 7, 0, 0)))
        .isEqualTo(new Settlement.Retry(NOW.plusMillis(1_500), ERROR, new Setbacks(2, 7, 0, 0)));
    assertThat(settle(brokenOff(Remedy.WAIT_ONCE, null), failures(1)))
        .isEqualTo(new Settlement.Retry(NOW.plusMillis(1_500), ERROR, failures(2)));
    assertThat(settle(brokenOff(Remedy.WAIT, null), failures(4)))
        .isEqualTo(new Settlement.Fail(ERROR, PARTIAL));
  }

  @Test
  void and_its_own_wish_is_honoured_then_as_well() {
    assertThat(settle(brokenOff(Remedy.WAIT, Duration.ofSeconds(20)), Setbacks.NONE))
        .isEqualTo(new Settlement.Retry(NOW.plusSeconds(21), ERROR, failures(1)));
  }

  @Test
  void a_call_that_was_taken_and_never_answered_costs_the_job_a_try() {
    var silent = new Refused(SILENCE, Remedy.WAIT, null, null);

    assertThat(settle(silent, new Setbacks(1, 7, 0, 0)))
        .isEqualTo(new Settlement.Retry(NOW.plusMillis(1_500), SILENCE, new Setbacks(2, 7, 0, 0)));
    assertThat(settle(silent, failures(4))).isEqualTo(new Settlement.Fail(SILENCE, null));
  }

  @ParameterizedTest
  @CsvSource({"408, 1", "504, 1", "499, 2", "524, 2"})
  void a_gateway_that_may_not_have_reached_its_server_costs_none(int status, int failures) {
    var error =
        new JobError(
            ErrorCode.PROVIDER_TIMEOUT, "late", JobError.Source.PROVIDER, status, true, null);

    var end = settle(new Refused(error, Remedy.WAIT, null, null), failures(1));

    assertThat(((Settlement.Retry) end).setbacks().failures()).isEqualTo(failures);
  }

  @Test
  void the_providers_own_wish_is_honoured_and_slightly_spread() {
    assertThat(settle(refused(Remedy.WAIT, Duration.ofSeconds(20)), Setbacks.NONE))
        .isEqualTo(new Settlement.Retry(NOW.plusSeconds(21), ERROR, new Setbacks(0, 1, 0, 0)));
    assertThat(settle(refused(Remedy.RETRY, Duration.ofSeconds(20)), Setbacks.NONE))
        .isEqualTo(new Settlement.Retry(NOW.plusSeconds(21), ERROR, failures(1)));
  }

  @Test
  void a_wish_for_no_wait_at_all_is_none() {
    assertThat(settle(refused(Remedy.WAIT, Duration.ZERO), Setbacks.NONE))
        .isEqualTo(settle(refused(Remedy.WAIT, null), Setbacks.NONE));
    assertThat(settle(refused(Remedy.RETRY, Duration.ZERO), failures(2)))
        .isEqualTo(settle(refused(Remedy.RETRY, null), failures(2)));
  }

  @Test
  void a_retry_that_would_come_after_the_deadline_fails_with_the_true_cause() {
    assertThat(settle(refused(Remedy.WAIT, Duration.ofMinutes(10)), Setbacks.NONE))
        .isEqualTo(new Settlement.Fail(ERROR, null));
  }

  private Settlement settle(Refused refused, Setbacks before) {
    return policy.settle(refused, before, NOW, DEADLINE, 0.5);
  }

  private static Refused refused(Remedy remedy, @Nullable Duration retryAfter) {
    return new Refused(ERROR, remedy, retryAfter, null);
  }

  private static Refused brokenOff(Remedy remedy, @Nullable Duration retryAfter) {
    return new Refused(ERROR, remedy, retryAfter, PARTIAL);
  }

  private static Setbacks failures(int count) {
    return new Setbacks(count, 0, 0, 0);
  }
}
