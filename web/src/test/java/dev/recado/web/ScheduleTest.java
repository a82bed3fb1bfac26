package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.JobId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code priority}, {@code run_at} and what a client is told about its turn. */
class ScheduleTest {
  @RegisterExtension final RunningWeb web = new RunningWeb();

  private Answer submit(String members) {
    return web.postJson("/api/predict", "{\"text\":\"Hi\"," + members + "}").expect(202);
  }

  @Test
  void a_job_of_high_priority_is_told_that_it_is_the_first() {
    web.submit("normal");
    var low = submit("\"priority\":\"low\"");
    var high = submit("\"priority\":\"high\"");

    assertThat(low.member("queue_position")).isEqualTo("2");
    assertThat(high.member("queue_position")).isEqualTo("1");
    var pending = web.get("/api/result/" + low.member("job_id")).expect(202);
    assertThat(pending.member("queue_position")).isEqualTo("3");
    assertThat(web.claim().id()).isEqualTo(new JobId(high.member("job_id")));
  }

  @Test
  void nobody_knows_how_long_it_takes_before_a_job_has_finished() {
    var answer = submit("\"priority\":\"high\"");

    assertThat(answer.json().get("estimated_seconds").isNull()).isTrue();
    var pending = web.get("/api/result/" + answer.member("job_id")).expect(202);
    assertThat(pending.json().get("estimated_seconds").isNull()).isTrue();
  }

  @Test
  void a_job_for_later_has_no_place_yet_and_its_deadline_counts_from_its_time() {
    var runAt = web.clock.instant().plusSeconds(3_600);

    var answer = submit("\"deadline_seconds\":60,\"run_at\":\"" + runAt + "\"");

    assertThat(answer.json().get("queue_position").isNull()).isTrue();
    assertThat(Instant.parse(answer.member("deadline"))).isEqualTo(runAt.plusSeconds(60));
    var job = web.get("/api/jobs/" + answer.member("job_id")).expect(200);
    assertThat(Instant.parse(job.member("run_at"))).isEqualTo(runAt);
    assertThat(job.member("priority")).isEqualTo("normal");
    assertThat(web.store.claim(RunningWeb.WORKER, 1)).isEmpty();
  }

  @Test
  void a_time_in_the_past_means_now() {
    var answer = submit("\"run_at\":\"2020-01-01T00:00:00+02:00\"");

    assertThat(answer.member("queue_position")).isEqualTo("1");
    assertThat(web.get("/api/jobs/" + answer.member("job_id")).json().get("run_at").isNull())
        .isTrue();
    web.claim();
  }

  @Test
  void a_repeated_key_is_answered_alike_when_the_time_has_come() {
    var runAt = web.clock.instant().plusSeconds(60);
    var body = "{\"text\":\"Hi\",\"run_at\":\"" + runAt + "\"}";
    var first = web.postJson("/api/predict", body, "Idempotency-Key", "k").expect(202);
    web.clock.advance(Duration.ofMinutes(2));

    var again = web.postJson("/api/predict", body, "Idempotency-Key", "k").expect(202);

    assertThat(again.json()).isEqualTo(first.json());
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
  }

  @Test
  void a_key_with_another_priority_stands_for_another_wish() {
    var key = new String[] {"Idempotency-Key", "k"};
    web.postJson("/api/predict", "{\"text\":\"Hi\"}", key).expect(202);

    web.postJson("/api/predict", "{\"text\":\"Hi\",\"priority\":\"high\"}", key)
        .expectProblem(422, "idempotency_key_reused");
  }

  @Test
  void a_retry_keeps_the_priority_and_starts_at_once() {
    var runAt = web.clock.instant().plusSeconds(3_600);
    var job =
        submit("\"priority\":\"high\",\"deadline_seconds\":60,\"run_at\":\"" + runAt + "\"")
            .member("job_id");
    web.post("/api/jobs/" + job + "/cancel").expect(200);

    var again = web.post("/api/jobs/" + job + "/retry").expect(202);

    assertThat(again.member("queue_position")).isEqualTo("1");
    var retried = web.get("/api/jobs/" + again.member("job_id"));
    assertThat(retried.member("priority")).isEqualTo("high");
    assertThat(Instant.parse(retried.member("deadline")))
        .isEqualTo(Instant.parse(retried.member("created_at")).plusSeconds(60));
  }
}
