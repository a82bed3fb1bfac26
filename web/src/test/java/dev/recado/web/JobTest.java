package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET /api/jobs/{id}}. */
class JobTest {
  @RegisterExtension final RunningWeb web = new RunningWeb();

  @Test
  void a_queued_job_has_every_member_already() {
    var body =
        "{\"text\":\"Hi\",\"model\":\"m\",\"max_tokens\":5,\"metadata\":{\"ticket\":\"42\"}}";
    var id = web.postJson("/api/predict", body).member("job_id");
    assertThat(web.get("/api/jobs/" + id).expect(200).json().toString())
        .isEqualTo(
            """
            {"id":"ID","object":"job","kind":"generate","status":"queued","done":false,"model":"m",\
            "error":null,"last_error":null,"attempts":0,"retry_of":null,"batch_id":null,"metadata":{"ticket":"42"},\
            "usage":null,"priority":"normal","created_at":"2026-11-21T12:00:00.000Z",\
            "run_at":null,"started_at":null,\
            "completed_at":null,"deadline":"2026-11-21T12:10:00.000Z",\
            "metrics":{"queue_ms":null,"run_ms":null,"attempts":0},\
            "urls":{"job":"/api/jobs/ID","result":"/api/result/ID","cancel":"/api/jobs/ID/cancel",\
            "events":"/api/jobs/ID/events"},\
            "input":{"text":"Hi","max_tokens":5},"output":null,"partial_output":null}\
            """
                .replace("ID", id));
  }

  @Test
  void a_job_that_succeeded_has_its_output_and_times() {
    var id = web.submit("Hi");
    web.clock.advance(Duration.ofMillis(5));
    var claimed = web.claim();
    web.clock.advance(Duration.ofMillis(1_250));
    web.store.settle(claimed, Samples.success());

    var job = web.get("/api/jobs/" + id).expect(200);
    assertThat(job.member("status")).isEqualTo("succeeded");
    assertThat(job.json().get("done").booleanValue()).isTrue();
    assertThat(job.member("model")).isEqualTo("some/model");
    assertThat(job.member("output/content")).isEqualTo("Claro!");
    assertThat(job.member("output/role")).isEqualTo("assistant");
    assertThat(job.member("started_at")).isEqualTo("2026-11-21T12:00:00.005Z");
    assertThat(job.member("completed_at")).isEqualTo("2026-11-21T12:00:01.255Z");
    assertThat(job.json().get("attempts").intValue()).isEqualTo(1);
    assertThat(job.json().get("metrics").toString())
        .isEqualTo("{\"queue_ms\":5,\"run_ms\":1250,\"attempts\":1}");
    assertThat(job.json().at("/usage/total_tokens").intValue()).isEqualTo(29);
    assertThat(job.json().get("error").isNull()).isTrue();
  }

  @Test
  void a_failed_job_tells_why_and_what_there_was_of_an_answer() {
    var id = web.submit("Hi");
    web.finish(new Settlement.Fail(Samples.OVERLOADED, Samples.result("Cla")));
    var job = web.get("/api/jobs/" + id).expect(200);
    assertThat(job.member("status")).isEqualTo("failed");
    assertThat(job.json().get("error").toString())
        .isEqualTo(
            "{\"code\":\"provider_overloaded\",\"message\":\"the model server is overloaded\","
                + "\"source\":\"provider\",\"provider_status\":503,\"retryable\":true}");
    assertThat(job.json().get("output").isNull()).isTrue();
    assertThat(job.member("partial_output/content")).isEqualTo("Cla");
  }

  @Test
  void an_expired_job_names_its_deadline_as_the_cause() {
    var id = web.submit("Hi");
    web.finish(Samples.expiry());
    var error = web.get("/api/jobs/" + id).json().get("error");
    assertThat(error.get("code").stringValue()).isEqualTo("deadline_exceeded");
    assertThat(error.get("source").stringValue()).isEqualTo("recado");
    assertThat(error.get("provider_status").isNull()).isTrue();
  }

  @Test
  void a_job_that_is_tried_again_has_no_error_yet_but_tells_the_last_one() {
    var id = web.submit("Hi");
    var later = web.clock.instant().plusSeconds(60);
    web.finish(new Settlement.Retry(later, Samples.OVERLOADED, new Setbacks(1, 0, 0, 0)));
    var job = web.get("/api/jobs/" + id).expect(200);
    assertThat(job.member("status")).isEqualTo("queued");
    assertThat(job.json().get("error").isNull()).isTrue();
    assertThat(job.member("last_error/code")).isEqualTo("provider_overloaded");
    // it waits for its time, not in the line
    assertThat(web.get("/api/result/" + id).json().get("queue_position").isNull()).isTrue();
  }

  @Test
  void a_canceled_job_has_no_error_whatever_an_attempt_had_met() {
    var id = web.submit("Hi");
    var later = web.clock.instant().plusSeconds(60);
    web.finish(new Settlement.Retry(later, Samples.OVERLOADED, new Setbacks(1, 0, 0, 0)));

    var answer = web.post("/api/jobs/" + id + "/cancel").expect(200);

    var read = web.get("/api/jobs/" + id).expect(200);
    for (var job : List.of(answer.json(), read.json())) {
      assertThat(job.get("status").stringValue()).isEqualTo("canceled");
      assertThat(job.get("error").isNull()).isTrue();
      assertThat(job.get("last_error").isNull()).isTrue();
    }
  }

  @Test
  void an_erased_job_is_still_there_without_its_texts() {
    var id = web.submit("Hi");
    web.finish(Samples.success());
    web.delete("/api/jobs/" + id).expect(204);
    var job = web.get("/api/jobs/" + id).expect(200);
    assertThat(job.member("status")).isEqualTo("succeeded");
    assertThat(job.json().get("input").isNull()).isTrue();
    assertThat(job.json().get("output").isNull()).isTrue();
    assertThat(job.text()).doesNotContain("Claro!", "Hi");
  }
}
