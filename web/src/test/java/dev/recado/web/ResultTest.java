package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.Settlement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/result/{id}}: a row of the contract each. */
class ResultTest {
  @RegisterExtension final RunningWeb web = new RunningWeb();

  @Test
  void a_queued_job_answers_202_with_its_place_in_line() {
    web.submit("first");
    var id = web.submit("second");
    var answer = web.get("/api/result/" + id).expect(202);
    assertThat(answer.text())
        .isEqualTo(
            """
            {"status":"pending","state":"queued","job_id":"%s","queue_position":2,\
            "estimated_seconds":null}\
            """
                .formatted(id));
    assertThat(answer.header("Retry-After")).hasValue("1");
    assertThat(answer.header("Cache-Control")).hasValue("no-store");
  }

  @Test
  void a_running_job_answers_202_without_a_place() {
    var id = web.submit("Hi");
    web.claim();
    var answer = web.get("/api/result/" + id).expect(202);
    assertThat(answer.text())
        .isEqualTo(
            """
            {"status":"pending","state":"processing","job_id":"%s","queue_position":null,\
            "estimated_seconds":null}\
            """
                .formatted(id));
    assertThat(answer.header("Retry-After")).hasValue("1");
  }

  @Test
  void a_job_that_succeeded_answers_200_with_the_result() {
    var id = web.submit("Hi");
    web.clock.advance(Duration.ofMillis(12));
    var claimed = web.claim();
    web.clock.advance(Duration.ofMillis(840));
    web.store.settle(claimed, Samples.success());

    var answer = web.get("/api/result/" + id).expect(200);
    assertThat(answer.text())
        .isEqualTo(
            ("{\"result\":{\"content\":\"Claro!\",\"role\":\"assistant\",\"tool_calls\":null},"
                    + "\"job_id\":\"%s\",\"status\":\"succeeded\",\"model\":\"some/model\","
                    + "\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":9,\"total_tokens\":29},"
                    + "\"finish_reason\":\"stop\","
                    + "\"metrics\":{\"queue_ms\":12,\"run_ms\":840,\"attempts\":1}}")
                .formatted(id));
    assertThat(answer.header("Cache-Control")).hasValue("no-store");
    assertThat(answer.header("Retry-After")).isEmpty();
  }

  @Test
  void usage_is_null_where_the_provider_sent_none() {
    var id = web.submit("Hi");
    web.finish(new Settlement.Succeed(Samples.result("Ho", null, null)));
    var usage = web.get("/api/result/" + id).expect(200).json().get("usage");
    assertThat(usage.isNull()).isTrue();
  }

  @Test
  void tool_calls_are_given_as_the_provider_sent_them() {
    var id = web.submit("Hi");
    var calls = "[{\"id\":\"call_1\",\"type\":\"function\"}]";
    web.finish(new Settlement.Succeed(Samples.result(null, calls, null)));
    var answer = web.get("/api/result/" + id).expect(200);
    assertThat(answer.json().at("/result/content").isNull()).isTrue();
    assertThat(answer.json().at("/result/tool_calls").toString()).isEqualTo(calls);
  }

  @Test
  void a_failed_job_answers_424_with_its_error_and_asks_for_no_retry() {
    var id = web.submit("Hi");
    web.finish(Samples.failure());
    var answer = web.get("/api/result/" + id).expectProblem(424, "provider_overloaded");
    assertThat(answer.header("x-should-retry")).hasValue("false");
    assertThat(answer.member("error")).isEqualTo("the model server is overloaded");
    assertThat(answer.member("state")).isEqualTo("failed");
    assertThat(answer.member("job_id")).isEqualTo(id.value());
  }

  @Test
  void a_canceled_job_answers_410() {
    var id = web.submit("Hi");
    web.post("/api/jobs/" + id + "/cancel").expect(200);
    gone(web.get("/api/result/" + id), "job_canceled", "canceled");
  }

  @Test
  void an_expired_job_answers_410() {
    var id = web.submit("Hi");
    web.finish(Samples.expiry());
    gone(web.get("/api/result/" + id), "job_expired", "expired");
  }

  @Test
  void a_purged_result_answers_410() {
    var id = web.submit("Hi");
    web.finish(Samples.success());
    web.delete("/api/jobs/" + id).expect(204);
    gone(web.get("/api/result/" + id), "result_purged", "succeeded");
  }

  private static void gone(Answer answer, String code, String state) {
    answer.expectProblem(410, code);
    assertThat(answer.header("x-should-retry")).hasValue("false");
    assertThat(answer.member("state")).isEqualTo(state);
    assertThat(answer.member("job_id")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01a1fdfa-4600-76ec-bf1e-30bf11779443",
        "01A1FDFA-4600-76EC-BF1E-30BF11779443",
        "01a1fdfa-4600-46ec-bf1e-30bf11779443",
        "x",
        "null",
        "-1",
        "1%20OR%201=1",
        "a;x=1",
        "%F0%9F%98%80",
        "..."
      })
  void whatever_is_no_job_answers_the_same_404(String id) {
    for (var path : new String[] {"/api/result/", "/result/", "/api/jobs/"}) {
      var answer = web.get(path + id, "X-Request-Id", "same").expectProblem(404, "job_not_found");
      assertThat(answer.text())
          .isEqualTo(
              "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                  + "\"detail\":\"there is no such job\",\"code\":\"job_not_found\","
                  + "\"error\":\"there is no such job\",\"request_id\":\"same\"}");
    }
  }

  @Test
  void head_has_the_headers_of_get_and_no_body() {
    var id = web.submit("Hi");
    var head = web.send("HEAD", "/api/result/" + id, RunningWeb.NOTHING).expect(202);
    assertThat(head.text()).isEmpty();
    assertThat(head.header("Retry-After")).hasValue("1");
    web.send("HEAD", "/api/result/x", RunningWeb.NOTHING).expect(404);
  }

  @Test
  void an_unavailable_store_answers_503() {
    var id = web.submit("Hi");
    web.store.close();
    web.get("/api/result/" + id).expectProblem(503, "store_unavailable");
  }
}
