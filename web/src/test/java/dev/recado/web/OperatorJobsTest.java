package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.config.Secret;
import dev.recado.config.WebhookSettings;
import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Jobs as operators see them, and what they do about them. */
@Timeout(60)
class OperatorJobsTest {
  private static final String JOBS = "/api/console/jobs";
  private static final WebhookSettings WEBHOOKS =
      new WebhookSettings(List.of(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")), true);

  @RegisterExtension final RunningWeb web = new RunningWeb(WEBHOOKS);

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

  private static List<String> ids(Answer page) {
    return page.expect(200)
        .json()
        .get("data")
        .valueStream()
        .map(job -> job.get("id").stringValue())
        .toList();
  }

  // ---- the list ----

  @Test
  void a_list_holds_nothing_private() {
    web.postJson("/api/predict", "{\"text\":\"canary\",\"metadata\":{\"canary\":\"canary\"}}")
        .expect(202);
    web.finish(new Settlement.Succeed(Samples.result("canary")));

    var page = web.get(JOBS).expect(200);

    assertThat(page.text()).doesNotContain("canary", "metadata");
    assertThat(page.member("data/0/status")).isEqualTo("succeeded");
    assertThat(page.json().at("/data/0/usage/total_tokens").asLong()).isEqualTo(29);
  }

  @Test
  void failed_jobs_are_listed_by_their_code() {
    var first = fail(ErrorCode.PROVIDER_AUTH);
    fail(ErrorCode.PROVIDER_TIMEOUT);
    var third = fail(ErrorCode.PROVIDER_AUTH);
    web.submit("waits");

    assertThat(ids(web.get(JOBS + "?code=provider_auth"))).containsExactly(third, first);
    assertThat(ids(web.get(JOBS + "?code=provider_auth&status=failed")))
        .containsExactly(third, first);
    assertThat(ids(web.get(JOBS + "?code=model_not_found"))).isEmpty();
    assertThat(ids(web.get(JOBS + "?code=provider_auth&created_before=2026-11-21T12:00:02Z")))
        .containsExactly(first);
    assertThat(ids(web.get(JOBS + "?status=queued"))).hasSize(1);
    assertThat(ids(web.get(JOBS))).hasSize(4);
  }

  @Test
  void pages_of_one_code_join_without_a_gap() {
    var ids =
        List.of(
            fail(ErrorCode.PROVIDER_AUTH),
            fail(ErrorCode.PROVIDER_AUTH),
            fail(ErrorCode.PROVIDER_AUTH));
    var first = web.get(JOBS + "?code=provider_auth&limit=2");
    assertThat(ids(first)).containsExactly(ids.get(2), ids.get(1));

    var second =
        web.get(JOBS + "?code=provider_auth&limit=2&cursor=" + first.member("next_cursor"));

    assertThat(ids(second)).containsExactly(ids.get(0));
    assertThat(second.json().get("has_more").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "code=, code",
    "code=nonsense, code",
    "code=provider_auth&status=succeeded, code",
    "status=done, status",
    "limit=101, limit",
    "colour=red, colour"
  })
  void a_bad_parameter_is_named(String query, String field) {
    var answer = web.get(JOBS + "?" + query).expectProblem(400, "invalid_field");
    assertThat(answer.member("invalid_fields/0/field")).isEqualTo(field);
  }

  @Test
  void a_client_s_list_knows_no_code() {
    web.get("/api/jobs?code=provider_auth").expectProblem(400, "invalid_field");
  }

  // ---- one job ----

  private JsonNode job(Object id) {
    return web.get(JOBS + "/" + id).expect(200).json();
  }

  private static String events(JsonNode job) {
    return job.get("timeline")
        .valueStream()
        .map(moment -> moment.get("event").stringValue() + "@" + moment.get("after_ms").asLong())
        .collect(Collectors.joining(" "));
  }

  @Test
  void a_job_that_waits_was_accepted_and_rung() {
    var job = job(web.submit("canary"));

    assertThat(events(job)).isEqualTo("accepted@0 rung@0");
    assertThat(job.toString()).doesNotContain("canary", "metadata");
    assertThat(job.get("can").toString()).isEqualTo("{\"cancel\":true,\"retry\":false}");
    assertThat(job.get("explanation").isNull()).isTrue();
    assertThat(job.get("deliveries")).isEmpty();
    assertThat(job.get("trace_id").isNull()).isTrue();
  }

  @Test
  void a_job_for_later_is_rung_when_its_time_comes() {
    var body = "{\"text\":\"x\",\"run_at\":\"2026-11-21T12:01:00Z\"}";
    var id = web.postJson("/api/predict", body).member("job_id");

    var job = job(id);

    assertThat(events(job)).isEqualTo("accepted@0");
    assertThat(job.at("/timeline/0/until").stringValue()).isEqualTo("2026-11-21T12:01:00.000Z");
    web.clock.advance(Duration.ofMinutes(1));
    assertThat(events(job(id))).isEqualTo("accepted@0 rung@60000");
  }

  @Test
  void a_timeline_tells_of_each_setback_with_its_cause() {
    var id = web.submit("x");
    web.clock.advance(Duration.ofMillis(40));
    var first = web.claim();
    web.clock.advance(Duration.ofMillis(300));
    var again = web.clock.instant().plusSeconds(2);
    web.store.settle(
        first, new Settlement.Retry(again, Samples.OVERLOADED, new Setbacks(1, 0, 0, 0)));
    web.clock.advance(Duration.ofSeconds(3));
    web.store.sweep(5, web.clock.instant());
    var second = web.claim();
    web.clock.advance(Duration.ofMillis(60));
    web.store.settle(second, failure(ErrorCode.PROVIDER_AUTH));

    var job = job(id);

    assertThat(events(job))
        .isEqualTo("accepted@0 rung@0 claimed@40 retry@340 claimed@3340 failed@3400");
    var retry = job.get("timeline").get(3);
    assertThat(retry.get("code").stringValue()).isEqualTo("provider_overloaded");
    assertThat(retry.get("provider_status").asInt()).isEqualTo(503);
    assertThat(retry.get("message").stringValue()).contains("overloaded");
    assertThat(retry.get("attempt").asInt()).isEqualTo(1);
    assertThat(retry.get("until").stringValue()).startsWith("2026-11-21T12:00:02.340");
    var claim = job.get("timeline").get(4);
    assertThat(claim.get("attempt").asInt()).isEqualTo(2);
    assertThat(claim.get("worker").stringValue()).isEqualTo("worker-1");
    var end = job.get("timeline").get(5);
    assertThat(end.get("code").stringValue()).isEqualTo("provider_auth");
    assertThat(end.get("provider_status").asInt()).isEqualTo(401);
    assertThat(job.get("can").toString()).isEqualTo("{\"cancel\":false,\"retry\":true}");
    assertThat(job.at("/explanation/do").stringValue()).contains("HUGGINGFACE_API_KEY");
  }

  @Test
  void a_timeline_tells_who_ran_a_job_that_ended_well_and_when_its_first_word_came() {
    var id = web.submit("x");
    var answer = Samples.result("Claro!");
    var first = web.claim();
    web.clock.advance(Duration.ofSeconds(2));
    web.store.settle(first, new Settlement.HandBack(new Setbacks(0, 0, 0, 1)));
    var job = web.claim();
    web.clock.advance(Duration.ofSeconds(2));
    web.store.settle(job, new Settlement.Succeed(answer, Duration.ofMillis(700)));

    var seen = job(id);

    assertThat(events(seen))
        .isEqualTo(
            "accepted@0 rung@0 claimed@0 handed_back@2000 claimed@2000 first_token@2700"
                + " succeeded@4000");
    assertThat(seen.at("/timeline/1/detail").stringValue()).isEqualTo("inferred");
    assertThat(seen.at("/timeline/2/worker").stringValue()).isEqualTo("worker-1");
    assertThat(seen.at("/timeline/4/worker").stringValue()).isEqualTo("worker-1");
  }

  @Test
  void a_timeline_ends_with_who_was_told() {
    var body = "{\"text\":\"x\",\"webhook\":\"http://127.0.0.1:9/hook\"}";
    var id = web.postJson("/api/predict", body).member("job_id");
    web.finish(Samples.success());

    var job = job(id);

    assertThat(events(job)).startsWith("accepted@0 rung@0 claimed@0 succeeded@0 delivery@");
    assertThat(job.at("/timeline/4/detail").stringValue()).isEqualTo("job.succeeded");
    assertThat(job.at("/deliveries/0/event").stringValue()).isEqualTo("job.succeeded");
  }

  @ParameterizedTest
  @EnumSource
  void each_code_is_explained_in_words(ErrorCode code) {
    var explanation = job(fail(code)).get("explanation");

    assertThat(explanation.get("what").stringValue()).endsWith(".").doesNotContain(code.wireName());
    assertThat(explanation.get("do").stringValue()).hasSizeBetween(40, 400).endsWith(".");
  }

  @Test
  void no_two_codes_are_explained_alike() {
    assertThat(
            Arrays.stream(ErrorCode.values())
                .map(code -> job(fail(code)).get("explanation").toString()))
        .doesNotHaveDuplicates();
  }

  @Test
  void what_is_no_job_is_not_found() {
    for (var path : List.of("/x", "/x/texts", "/01970000-0000-7000-8000-000000000000")) {
      web.get(JOBS + path).expectProblem(404, "job_not_found");
    }
  }

  @Test
  void texts_are_apart() {
    var id =
        web.postJson("/api/predict", "{\"text\":\"in\",\"metadata\":{\"a\":\"b\"}}")
            .member("job_id");
    assertThat(web.get(JOBS + "/" + id + "/texts").expect(200).json().get("output").isNull())
        .isTrue();
    web.finish(new Settlement.Succeed(Samples.result("<b>out</b>")));

    var texts = web.get(JOBS + "/" + id + "/texts").expect(200).json();

    assertThat(texts.at("/input/text").stringValue()).isEqualTo("in");
    assertThat(texts.at("/output/content").stringValue()).isEqualTo("<b>out</b>");
    assertThat(texts.get("metadata").toString()).isEqualTo("{\"a\":\"b\"}");
    web.delete("/api/jobs/" + id).expect(204);
    assertThat(web.get(JOBS + "/" + id + "/texts").expect(200).text())
        .isEqualTo("{\"input\":null,\"output\":null,\"metadata\":null}");
    assertThat(job(id).at("/can/retry").booleanValue()).isFalse();
  }

  @Test
  void cancel_and_retry_are_those_of_clients() {
    var id = web.submit("x");
    assertThat(web.post(JOBS + "/" + id + "/cancel").expect(200).member("status"))
        .isEqualTo("canceled");
    var again = web.post(JOBS + "/" + id + "/retry").expect(202).member("job_id");
    assertThat(job(again).get("retry_of").stringValue()).isEqualTo(id.value());
    web.post(JOBS + "/" + again + "/retry").expectProblem(409, "job_not_finished");
  }
}
