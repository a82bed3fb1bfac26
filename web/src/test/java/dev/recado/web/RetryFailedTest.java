package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.job.Job;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.store.JobQuery;
import dev.recado.web.admission.AdmissionLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Many failed jobs, repeated together. */
@Timeout(60)
class RetryFailedTest {
  private static final String JOBS = "/api/console/jobs";
  private static final String RETRY_FAILED = "/api/console/retry-failed";
  private static final int PAGE = 200;

  /** Room for one page, and not for two. */
  @RegisterExtension final RunningWeb web = new RunningWeb(new AdmissionLimits(PAGE + 100, 0));

  private static Settlement failure(ErrorCode code) {
    var error = new JobError(code, "because", JobError.Source.PROVIDER, 401, false, null);
    return new Settlement.Fail(error, null);
  }

  private String fail(ErrorCode code) {
    web.clock.advance(Duration.ofSeconds(1));
    var id = web.submit("canary");
    web.finish(failure(code));
    return id.value();
  }

  @Test
  void all_that_failed_for_one_reason_are_repeated_once() {
    var first = fail(ErrorCode.PROVIDER_AUTH);
    var second = fail(ErrorCode.PROVIDER_AUTH);
    fail(ErrorCode.PROVIDER_TIMEOUT);

    var answer = web.postJson(RETRY_FAILED, "{\"code\":\"provider_auth\"}").expect(200);

    assertThat(answer.text())
        .isEqualTo("{\"retried\":2,\"skipped\":0,\"more\":false,\"next_cursor\":null}");
    var queued = web.get(JOBS + "?status=queued").json().get("data");
    assertThat(queued.valueStream().map(job -> job.get("retry_of").stringValue()))
        .containsExactlyInAnyOrder(first, second);
    assertThat(web.postJson(RETRY_FAILED, "{\"code\":\"provider_auth\"}").text())
        .isEqualTo("{\"retried\":0,\"skipped\":2,\"more\":false,\"next_cursor\":null}");
  }

  @Test
  void all_that_failed_in_some_time_are_repeated() {
    fail(ErrorCode.PROVIDER_AUTH);
    fail(ErrorCode.PROVIDER_TIMEOUT);
    fail(ErrorCode.PROVIDER_TIMEOUT);
    var span =
        "{\"created_after\":\"2026-11-21T12:00:02Z\",\"created_before\":\"2026-11-21T12:00:03Z\"}";

    assertThat(web.postJson(RETRY_FAILED, span).expect(200).json().get("retried").asInt())
        .isEqualTo(1);
    assertThat(web.postJson(RETRY_FAILED, "{}").expect(200).json().get("retried").asInt())
        .isEqualTo(2);
  }

  @Test
  void an_erased_job_cannot_be_repeated() {
    web.delete("/api/jobs/" + fail(ErrorCode.PROVIDER_AUTH)).expect(204);

    assertThat(web.postJson(RETRY_FAILED, "{}").expect(200).json().get("retried").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"code":"nonsense"}            | code
          {"code":7}                     | code
          {"created_after":"yesterday"}  | created_after
          {"status":"failed"}            | status
          {"cursor":"x"}                 | cursor
          """)
  void what_is_asked_for_has_to_make_sense(String body, String field) {
    var answer = web.postJson(RETRY_FAILED, body).expectProblem(400, "invalid_field");
    assertThat(answer.member("invalid_fields/0/field")).isEqualTo(field);
    web.post(RETRY_FAILED).expect(415);
  }

  // ---- more than one call can do ----

  /** What a call says. */
  private record Step(int retried, int skipped, @Nullable String cursor) {
    static Step of(JsonNode answer) {
      var cursor = answer.get("next_cursor");
      assertThat(answer.get("more").booleanValue()).isEqualTo(!cursor.isNull());
      return new Step(
          answer.get("retried").asInt(),
          answer.get("skipped").asInt(),
          cursor.isNull() ? null : cursor.stringValue());
    }
  }

  private Step repeat() {
    return Step.of(web.postJson(RETRY_FAILED, "{}").expect(200).json());
  }

  private Step repeatFrom(@Nullable String cursor) {
    return Step.of(goOnFrom(cursor).expect(200).json());
  }

  private Answer goOnFrom(@Nullable String cursor) {
    return web.postJson(RETRY_FAILED, "{\"cursor\":\"" + cursor + "\"}");
  }

  private List<JobId> failMany(int count) {
    var failed = new ArrayList<JobId>();
    while (failed.size() < count) {
      var next = Math.min(PAGE, count - failed.size());
      failed.addAll(IntStream.range(0, next).parallel().mapToObj(_ -> web.submit("x")).toList());
      failAllThatWait();
    }
    return failed;
  }

  /** As they would if the key were still wrong. */
  private void failAllThatWait() {
    web.store.claim(RunningWeb.WORKER, PAGE).parallelStream()
        .forEach(job -> web.store.settle(job, failure(ErrorCode.PROVIDER_AUTH)));
    web.awaitQueued(0);
    web.clock.advance(Duration.ofSeconds(1));
  }

  /** Which jobs the jobs of the store repeat. */
  private List<JobId> repeated() {
    var all = new JobQuery(Tenant.DEFAULT, JobState.FAILED, null, null, 2_000, null);
    return web.store.list(all).jobs().stream().<JobId>mapMulti(RetryFailedTest::repeated).toList();
  }

  private static void repeated(Job job, Consumer<JobId> into) {
    if (job.retryOf() != null) {
      into.accept(job.retryOf());
    }
  }

  @Test
  void called_until_there_is_no_more_each_is_repeated_once_though_repetitions_fail_meanwhile() {
    var failed = failMany(2 * PAGE + 10);

    var first = repeat();
    failAllThatWait();
    var second = repeatFrom(first.cursor());
    failAllThatWait();
    var third = repeatFrom(second.cursor());
    failAllThatWait();

    assertThat(List.of(first.retried(), second.retried(), third.retried()))
        .containsExactly(PAGE, PAGE, 10);
    assertThat(third.cursor()).isNull();
    assertThat(repeated()).containsExactlyInAnyOrderElementsOf(failed);
  }

  @Test
  void a_call_whose_answer_was_lost_does_no_harm_when_it_is_sent_again() {
    failMany(PAGE + 10);
    var first = repeat();

    var refused = goOnFrom(first.cursor());
    failAllThatWait();
    repeatFrom(first.cursor());
    failAllThatWait();

    refused.expectProblem(503, "queue_full");
    assertThat(repeatFrom(first.cursor())).isEqualTo(new Step(0, 10, null));
  }
}
