package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.event.JobEvent;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancel, retry and erase. */
class ChangeTest {
  private static final String UNKNOWN = "01a1fdfa-4600-76ec-bf1e-30bf11779443";

  private static final String[] KEY = {"Idempotency-Key", "k"};

  @RegisterExtension final RunningWeb web = new RunningWeb();

  private Answer cancel(JobId id) {
    return web.post("/api/jobs/" + id + "/cancel");
  }

  private Answer retry(JobId id) {
    return web.post("/api/jobs/" + id + "/retry");
  }

  private Answer retryOnce(JobId id) {
    return web.post("/api/jobs/" + id + "/retry", KEY);
  }

  // ---- cancel ----

  @Test
  void a_queued_job_is_canceled_and_shown() {
    var id = web.submit("Hi");
    var job = cancel(id).expect(200);
    assertThat(job.member("id")).isEqualTo(id.value());
    assertThat(job.member("status")).isEqualTo("canceled");
    assertThat(job.json().get("done").booleanValue()).isTrue();
    assertThat(web.events).containsExactly(new JobEvent.StateChanged(id, JobState.CANCELED));
    assertThat(web.store.claim(RunningWeb.WORKER, 1)).isEmpty();
  }

  @Test
  void whoever_runs_a_canceled_job_is_told() {
    var id = web.submit("Hi");
    var claimed = web.claim();
    cancel(id).expect(200);
    assertThat(web.events)
        .containsExactly(
            new JobEvent.TakenAway(id), new JobEvent.StateChanged(id, JobState.CANCELED));
    assertThat(web.store.settle(claimed, Samples.success())).isFalse();
    assertThat(web.get("/api/jobs/" + id).member("status")).isEqualTo("canceled");
  }

  @Test
  void canceling_again_is_the_same_and_tells_nobody() {
    var id = web.submit("Hi");
    var first = cancel(id).expect(200);
    web.events.clear();
    assertThat(cancel(id).expect(200).text()).isEqualTo(first.text());
    assertThat(web.events).isEmpty();
  }

  @Test
  void a_finished_job_cannot_be_canceled() {
    var id = web.submit("Hi");
    web.finish(Samples.success());
    var answer = cancel(id).expectProblem(409, "job_already_finished");
    assertThat(answer.member("state")).isEqualTo("succeeded");
    assertThat(answer.member("job_id")).isEqualTo(id.value());
  }

  @Test
  void what_is_sent_along_does_not_matter() {
    var id = web.submit("Hi");
    web.postJson("/api/jobs/" + id + "/cancel", "{\"whatever\":1").expect(200);
  }

  // ---- retry ----

  @Test
  void a_finished_job_is_asked_again_as_a_new_one() throws InterruptedException {
    var body =
        "{\"text\":\"Hi\",\"model\":\"m\",\"deadline_seconds\":77,\"metadata\":{\"a\":\"b\"}}";
    var old = new JobId(web.postJson("/api/predict", body).member("job_id"));
    web.finish(Samples.failure());
    web.doorbell.await(Duration.ZERO);
    web.clock.advance(Duration.ofHours(1));

    var answer = retry(old).expect(202);
    var id = answer.member("job_id");
    assertThat(id).isNotEqualTo(old.value());
    assertThat(answer.member("retry_of")).isEqualTo(old.value());
    assertThat(answer.header("Location")).hasValue("/api/result/" + id);
    assertThat(answer.member("deadline")).isEqualTo("2026-11-21T13:01:17.000Z");
    assertThat(web.doorbell.await(Duration.ZERO).count()).isEqualTo(1);

    var job = web.get("/api/jobs/" + id).json();
    var before = web.get("/api/jobs/" + old).json();
    assertThat(job.get("retry_of").stringValue()).isEqualTo(old.value());
    for (var member : new String[] {"kind", "input", "metadata"}) {
      assertThat(job.get(member)).isEqualTo(before.get(member));
    }
    assertThat(job.get("model").stringValue()).isEqualTo("m");
    assertThat(before.get("status").stringValue()).isEqualTo("failed");
  }

  @Test
  void a_live_job_cannot_be_retried() {
    var id = web.submit("Hi");
    retry(id).expectProblem(409, "job_not_finished");
    web.claim();
    retry(id).expectProblem(409, "job_not_finished");
  }

  @Test
  void an_erased_job_cannot_be_retried() {
    var id = web.submit("Hi");
    web.finish(Samples.success());
    web.delete("/api/jobs/" + id).expect(204);
    retry(id).expectProblem(410, "input_purged");
  }

  @Test
  void a_retry_that_is_sent_again_with_its_key_makes_no_second_job() {
    var old = web.submit("Hi");
    web.finish(Samples.failure());

    var first = retryOnce(old).expect(202);
    web.finish(Samples.success());
    var again = retryOnce(old).expect(202);

    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(web.store.queue(Tenant.DEFAULT).queued()).isZero();
  }

  @Test
  void a_retry_is_known_by_its_key_when_the_old_job_has_been_erased() {
    var old = web.submit("Hi");
    web.finish(Samples.failure());
    var first = retryOnce(old).expect(202);

    web.delete("/api/jobs/" + old).expect(204);

    var again = retryOnce(old).expect(202);
    assertThat(again.text()).isEqualTo(first.text());
    retry(old).expectProblem(410, "input_purged");
  }

  @Test
  void a_retry_is_known_by_its_key_when_the_old_job_is_gone() {
    var old = web.submit("Hi");
    web.finish(Samples.failure());
    var first = retryOnce(old).expect(202);

    web.clock.advance(Duration.ofDays(20));
    web.store.purge(Duration.ofDays(7));

    web.get("/api/jobs/" + old).expect(404);
    assertThat(retryOnce(old).expect(202).text()).isEqualTo(first.text());
  }

  @Test
  void its_key_is_for_that_retry_and_for_nothing_else() {
    var one = web.submit("Hi");
    web.finish(Samples.failure());
    var other = web.submit("Hi");
    web.finish(Samples.failure());
    retryOnce(one).expect(202);

    retryOnce(other).expectProblem(422, "idempotency_key_reused");
    web.postJson("/api/predict", "{\"text\":\"Hi\"}", KEY)
        .expectProblem(422, "idempotency_key_reused");
  }

  @Test
  void without_a_key_each_retry_is_a_job_of_its_own() {
    var old = web.submit("Hi");
    web.finish(Samples.failure());

    assertThat(retry(old).expect(202).member("job_id"))
        .isNotEqualTo(retry(old).expect(202).member("job_id"));
  }

  // ---- erase ----

  @Test
  void erasing_a_finished_job_answers_204_however_often() {
    var id = web.submit("Hi");
    web.finish(Samples.success());
    for (var i = 0; i < 2; i++) {
      var answer = web.delete("/api/jobs/" + id).expect(204);
      assertThat(answer.text()).isEmpty();
      assertThat(answer.header("Content-Type")).isEmpty();
      assertThat(answer.header("X-Request-Id")).isPresent();
    }
  }

  @Test
  void a_live_job_cannot_be_erased() {
    var id = web.submit("Hi");
    web.delete("/api/jobs/" + id).expectProblem(409, "job_not_finished");
    web.claim();
    web.delete("/api/jobs/" + id).expectProblem(409, "job_not_finished");
    assertThat(web.get("/api/jobs/" + id).member("input/text")).isEqualTo("Hi");
  }

  // ---- none ----

  @ParameterizedTest
  @ValueSource(strings = {UNKNOWN, "x", "01A1FDFA-4600-76EC-BF1E-30BF11779443"})
  void there_is_nothing_to_change_about_a_job_that_is_none(String id) {
    web.post("/api/jobs/" + id + "/cancel").expectProblem(404, "job_not_found");
    web.post("/api/jobs/" + id + "/retry").expectProblem(404, "job_not_found");
    web.delete("/api/jobs/" + id).expectProblem(404, "job_not_found");
  }
}
