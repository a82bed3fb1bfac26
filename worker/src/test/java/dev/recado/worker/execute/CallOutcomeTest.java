package dev.recado.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.JobResult;
import dev.recado.worker.model.ModelAnswer;
import dev.recado.worker.model.ModelAnswer.Remedy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CallOutcomeTest {
  private static final Duration WISH = Duration.ofSeconds(3);

  @Test
  void an_answer_shows_that_the_model_is_there() {
    var result = new JobResult("hi", null, null, "m", null, "stop");

    assertThat(CallOutcome.of(new ModelAnswer.Completed(result)))
        .isEqualTo(new CallOutcome.Answered());
  }

  @ParameterizedTest
  @EnumSource(names = {"PROVIDER_OVERLOADED", "PROVIDER_RATE_LIMITED", "PROVIDER_TIMEOUT"})
  void no_service_is_a_failure_of_the_model(ErrorCode code) {
    assertThat(CallOutcome.of(refused(code, JobError.Source.PROVIDER)))
        .isEqualTo(new CallOutcome.Failed(code.wireName(), WISH, false));
  }

  @Test
  void so_is_an_answer_that_breaks_off() {
    var error =
        new JobError(ErrorCode.PROVIDER_TIMEOUT, "no", JobError.Source.PROVIDER, 200, true, null);
    var partial = new JobResult("half an ans", null, null, "m", null, null);

    assertThat(CallOutcome.of(new ModelAnswer.Refused(error, Remedy.RETRY, null, partial)))
        .isEqualTo(new CallOutcome.Failed("provider_timeout", null, true));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "PROVIDER_BAD_REQUEST",
        "CONTEXT_LENGTH_EXCEEDED",
        "EMPTY_COMPLETION",
        "CONTENT_FILTERED",
        "MODEL_NOT_FOUND"
      })
  void what_is_wrong_with_one_job_says_nothing_against_the_model(ErrorCode code) {
    assertThat(CallOutcome.of(refused(code, JobError.Source.PROVIDER)))
        .isEqualTo(new CallOutcome.Answered());
  }

  @ParameterizedTest
  @EnumSource(names = {"PROVIDER_AUTH", "PROVIDER_CREDITS_EXHAUSTED", "PROVIDER_BAD_RESPONSE"})
  void what_no_pause_can_heal_is_left_out(ErrorCode code) {
    assertThat(CallOutcome.of(refused(code, JobError.Source.PROVIDER)))
        .isEqualTo(new CallOutcome.Unclear());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL)
  void what_recado_found_itself_says_nothing(ErrorCode code) {
    assertThat(CallOutcome.of(refused(code, JobError.Source.RECADO)))
        .isEqualTo(new CallOutcome.Unclear());
  }

  @Test
  void a_call_that_was_cut_says_nothing() {
    assertThat(CallOutcome.of(new ModelAnswer.Aborted())).isEqualTo(new CallOutcome.Unclear());
  }

  private static ModelAnswer refused(ErrorCode code, JobError.Source source) {
    var error = new JobError(code, "no", source, 503, true, null);
    return new ModelAnswer.Refused(error, Remedy.RETRY, WISH, null);
  }
}
