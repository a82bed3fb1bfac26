package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.event.local.LocalJobEvents;
import dev.recado.job.JobId;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import dev.recado.web.stream.StreamSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/jobs/{id}/events}: what is told, and how a client goes on where it was. */
@Timeout(20)
class StreamTest {
  @RegisterExtension final RunningWeb web = new RunningWeb();

  private EventReader open(JobId job, String... headers) {
    return EventReader.open(web.port(), "/api/jobs/" + job + "/events", headers);
  }

  private EventReader openAfter(JobId job, String place, String... headers) {
    return EventReader.open(web.port(), "/api/jobs/" + job + "/events?after=" + place, headers);
  }

  @Test
  void a_stream_says_how_it_wants_to_be_handled() {
    var id = web.submit("Hi");
    try (var stream = open(id)) {
      assertThat(stream.status()).isEqualTo(200);
      var headers = stream.response().headers();
      assertThat(headers.firstValue("Content-Type")).hasValue("text/event-stream");
      assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
      assertThat(headers.firstValue("X-Accel-Buffering")).hasValue("no");
      assertThat(headers.firstValue("X-Request-Id")).isPresent();
    }
  }

  @Test
  void a_job_is_followed_to_its_end() {
    web.submit("before");
    var id = web.submit("Hi");
    web.claim();
    try (var stream = open(id)) {
      var queued = stream.expectStatus("0.0", "queued");
      assertThat(queued.data())
          .isEqualTo(
              "{\"job_id\":\"%s\",\"status\":\"queued\",\"attempts\":0,\"queue_position\":1}"
                  .formatted(id));
      var claimed = web.claim();
      var processing = stream.expectStatus("1.1", "processing");
      assertThat(processing.json().has("queue_position")).isFalse();
      web.store.settle(claimed, Samples.success());
      var completed = stream.expectCompleted("1.3", "succeeded");
      assertThat(completed.json()).isEqualTo(web.get("/api/jobs/" + id).json());
    }
  }

  @Test
  void a_finished_job_is_told_at_once_and_whole() {
    var id = web.submit("Hi");
    web.finish(Samples.failure());
    try (var stream = open(id)) {
      assertThat(stream.expectCompleted("1.3", "failed").json().get("error").isNull()).isFalse();
    }
  }

  @Test
  void a_job_that_is_tried_again_is_queued_again() {
    var id = web.submit("Hi");
    try (var stream = open(id)) {
      stream.expectStatus("0.0", "queued");
      var later = web.clock.instant().plusSeconds(60);
      web.finish(new Settlement.Retry(later, Samples.OVERLOADED, new Setbacks(1, 0, 0, 0)));
      var queued = stream.expectStatus("1.2", "queued");
      assertThat(queued.json().has("queue_position")).isFalse();
    }
  }

  @Test
  void a_try_that_does_not_count_is_told_too() {
    var id = web.submit("Hi");
    var first = web.claim();
    try (var stream = open(id)) {
      stream.expectStatus("1.1", "processing");
      var handBack = new Settlement.HandBack(new Setbacks(0, 0, 0, 1));
      web.store.settle(first, handBack);
      stream.expectStatus("0.2", "queued");
      web.claim();
      stream.expectStatus("1.1", "processing");
    }
  }

  @Test
  void whoever_has_seen_the_present_hears_of_the_next_change_only() {
    var id = web.submit("Hi");
    var claimed = web.claim();
    try (var byHeader = open(id, "Last-Event-ID", "1.1");
        var byQuery = openAfter(id, "1.1");
        var byBoth = openAfter(id, "0.0", "Last-Event-ID", "1.1")) {
      web.store.settle(claimed, Samples.success());
      byHeader.expectCompleted("1.3", "succeeded");
      byQuery.expectCompleted("1.3", "succeeded");
      byBoth.expectCompleted("1.3", "succeeded");
    }
  }

  @Test
  void whoever_was_away_hears_of_the_present() {
    var id = web.submit("Hi");
    web.claim();
    try (var stream = open(id, "Last-Event-ID", "0.0")) {
      stream.expectStatus("1.1", "processing");
    }
  }

  @Test
  void a_stream_goes_on_at_another_web() {
    var id = web.submit("Hi");
    var claimed = web.claim();
    try (var stream = open(id)) {
      stream.expectStatus("1.1", "processing");
    }
    web.web.close();
    try (var bus = new LocalJobEvents();
        var other = StreamServer.start(web.store, bus, StreamSettings.usual());
        var stream = other.open(id, "Last-Event-ID", "1.1")) {
      web.store.settle(claimed, Samples.success());
      stream.expectCompleted("1.3", "succeeded");
    }
  }

  @Test
  void whoever_has_seen_the_end_is_told_to_stay_away() {
    var id = web.submit("Hi");
    web.finish(Samples.success());
    var url = "/api/jobs/" + id + "/events";
    var answer = web.get(url, "Last-Event-ID", "1.3").expect(204);
    assertThat(answer.header("Cache-Control")).hasValue("no-store");
    web.get(url + "?after=1.3").expect(204);
    web.send("HEAD", url, RunningWeb.NOTHING, "Last-Event-ID", "1.3").expect(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.1", "7.3", "0.3", ""})
  void an_id_from_elsewhere_counts_as_having_seen_nothing(String place) {
    var id = web.submit("Hi");
    try (var stream = open(id, "Last-Event-ID", place)) {
      stream.expectStatus("0.0", "queued");
      web.finish(Samples.success());
      assertThat(stream.next().orElseThrow().name()).isIn("status", "output");
    }
    try (var stream = open(id, "Last-Event-ID", place)) {
      stream.expectCompleted("1.3", "succeeded");
    }
  }

  @Test
  void the_end_is_told_also_to_whoever_claimed_to_have_seen_it_before() {
    var id = web.submit("Hi");
    try (var stream = open(id, "Last-Event-ID", "0.3")) {
      stream.expectStatus("0.0", "queued");
      web.post("/api/jobs/" + id + "/cancel").expect(200);
      stream.expectCompleted("0.3", "canceled");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.4", "abc", "-1.1", "1.1.1", "0.0,0.0"})
  void what_is_no_id_is_refused(String place) {
    var url = "/api/jobs/" + web.submit("Hi") + "/events";
    var answer = web.get(url, "Last-Event-ID", place).expectProblem(400, "invalid_field");
    assertThat(answer.member("invalid_fields/0/field")).isEqualTo("Last-Event-ID");
    web.get(url + "?after=" + place).expectProblem(400, "invalid_field");
  }

  @Test
  void a_misspelled_parameter_is_named() {
    var url = "/api/jobs/" + web.submit("Hi") + "/events?aftre=0.0";
    var answer = web.get(url).expectProblem(400, "invalid_field");
    assertThat(answer.member("error")).contains("did you mean after?");
  }

  @Test
  void a_job_that_is_not_there_has_no_events() {
    var unknown = "019a0000-0000-7000-8000-000000000000";
    web.get("/api/jobs/" + unknown + "/events").expectProblem(404, "job_not_found");
    web.get("/api/jobs/x/events", "Last-Event-ID", "x").expectProblem(404, "job_not_found");
    web.post("/api/jobs/" + unknown + "/events").expectProblem(405, "method_not_allowed");
  }

  @Test
  void head_answers_like_get_and_does_not_wait() {
    var url = "/api/jobs/" + web.submit("Hi") + "/events";
    var answer = web.send("HEAD", url, RunningWeb.NOTHING).expect(200);
    assertThat(answer.header("Content-Type")).hasValue("text/event-stream");
    assertThat(answer.text()).isEmpty();
  }
}
