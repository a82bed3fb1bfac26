package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How things stand, as operators see it. */
@Timeout(60)
class OperatorOverviewTest {
  private static final String OVERVIEW = "/api/console/overview";
  private static final String STATISTICS = "/api/console/statistics";

  @RegisterExtension final RunningWeb web = new RunningWeb();

  private JsonNode overview() {
    return web.get(OVERVIEW).expect(200).json();
  }

  /** Numbers may lag by a second. */
  private JsonNode awaitCount(String pointer, long count) {
    return await()
        .atMost(Duration.ofSeconds(10))
        .until(this::overview, overview -> overview.at(pointer).asLong(-1) == count);
  }

  @Test
  void an_idle_service_shows_zeros_and_nulls() {
    var overview = overview();

    assertThat(overview.get("at").stringValue()).isEqualTo("2026-11-21T12:00:00.000Z");
    assertThat(overview.get("paused_since").isNull()).isTrue();
    assertThat(overview.get("queue").toString())
        .isEqualTo(
            "{\"queued\":0,\"processing\":0,\"later\":0,\"oldest_age_seconds\":null,\"dead\":0}");
    assertThat(overview.get("finished").toString())
        .isEqualTo("{\"succeeded\":0,\"failed\":0,\"canceled\":0,\"expired\":0}");
    assertThat(overview.get("broker").toString())
        .isEqualTo(
            "{\"kind\":\"in-process\",\"connected\":true,\"blocked\":false,\"unconfirmed_rings\":0}");
    assertThat(overview.at("/store/bytes").asLong()).isPositive();
    assertThat(overview.at("/store/free_bytes").asLong()).isPositive();
    assertThat(overview.at("/last_hour/total_ms/p99").isNull()).isTrue();
    assertThat(overview.get("version").stringValue()).isEqualTo("1.2.3");
  }

  @Test
  void what_waits_runs_and_has_ended_is_counted() {
    for (var i = 0; i < 4; i++) {
      web.submit("text " + i);
    }
    web.postJson("/api/predict", "{\"text\":\"x\",\"run_at\":\"2026-11-22T12:00:00Z\"}")
        .expect(202);
    web.clock.advance(Duration.ofSeconds(7));
    web.finish(Samples.success());
    web.finish(Samples.failure());
    web.claim();

    var overview = overview();

    assertThat(overview.at("/queue/queued").asLong()).isEqualTo(2);
    assertThat(overview.at("/queue/later").asLong()).isEqualTo(1);
    assertThat(overview.at("/queue/processing").asLong()).isEqualTo(1);
    assertThat(overview.at("/queue/oldest_age_seconds").asLong()).isEqualTo(7);
    assertThat(overview.at("/finished/succeeded").asLong()).isEqualTo(1);
    assertThat(overview.at("/finished/failed").asLong()).isEqualTo(1);
  }

  @Test
  void workers_show_their_slots_and_when_they_were_last_seen() {
    web.submit("x");
    web.claim();

    assertThat(overview().get("workers").toString())
        .isEqualTo(
            """
            [{"id":"worker-1","slots":8,"busy":1,"last_seen":"2026-11-21T12:00:00.000Z",\
            "lease_until":"2026-11-21T13:00:00.000Z"}]\
            """);
  }

  @Test
  void rates_are_those_of_the_last_minute_that_is_over() {
    for (var i = 0; i < 6; i++) {
      web.submit("text " + i);
    }
    web.finish(Samples.success());
    web.finish(Samples.success());
    web.finish(Samples.failure());
    awaitCount("/last_hour/accepted", 6);
    assertThat(overview().at("/rates/accepted_per_second").asDouble()).isZero();

    web.clock.advance(Duration.ofMinutes(1));

    var rates = overview().get("rates");
    assertThat(rates.toString())
        .isEqualTo(
            "{\"accepted_per_second\":0.1,\"finished_per_second\":0.05,\"failed_per_second\":0.02}");
  }

  // ---- statistics ----

  @Test
  void statistics_have_every_minute_and_their_sum() {
    web.submit("one");
    web.clock.advance(Duration.ofSeconds(2));
    web.finish(Samples.failure());
    web.clock.advance(Duration.ofMinutes(2));
    web.submit("two");
    web.finish(Samples.success());
    awaitCount("/last_hour/ended/succeeded", 1);

    var statistics = web.get(STATISTICS + "?minutes=4").expect(200).json();

    var minutes = statistics.get("minutes");
    assertThat(minutes.valueStream().map(minute -> minute.get("minute").stringValue()))
        .containsExactly(
            "2026-11-21T11:59:00.000Z",
            "2026-11-21T12:00:00.000Z",
            "2026-11-21T12:01:00.000Z",
            "2026-11-21T12:02:00.000Z");
    assertThat(minutes.get(1).get("accepted").asLong()).isEqualTo(1);
    assertThat(minutes.get(1).at("/ended/failed").asLong()).isEqualTo(1);
    assertThat(minutes.get(1).get("errors").toString()).contains("\":1}");
    assertThat(minutes.get(1).at("/queue_ms/p50").asLong()).isBetween(1_800L, 2_200L);
    assertThat(minutes.get(3).get("completion_tokens").asLong()).isEqualTo(9);
    var nothing = minutes.get(2);
    assertThat(nothing.get("ended").toString())
        .isEqualTo("{\"succeeded\":0,\"failed\":0,\"canceled\":0,\"expired\":0}");
    assertThat(nothing.get("errors")).isEmpty();
    assertThat(nothing.at("/run_ms/p95").isNull()).isTrue();
    var summary = statistics.get("summary");
    assertThat(summary.get("accepted").asLong()).isEqualTo(2);
    assertThat(summary.at("/ended/succeeded").asLong()).isEqualTo(1);
    assertThat(summary.at("/ended/failed").asLong()).isEqualTo(1);
    assertThat(summary.get("prompt_tokens").asLong()).isEqualTo(20);
    assertThat(summary.has("minute")).isFalse();
  }

  @Test
  void an_hour_is_shown_unless_asked_otherwise() {
    assertThat(web.get(STATISTICS).json().get("minutes")).hasSize(60);
    assertThat(web.get(STATISTICS + "?minutes=1440").json().get("minutes")).hasSize(1_440);
    assertThat(web.get(STATISTICS + "?minutes=1").json().get("minutes")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"minutes=0", "minutes=1441", "minutes=-1", "minutes=", "minutes=x", "hours=1"})
  void a_span_that_is_none_is_refused(String query) {
    web.get(STATISTICS + "?" + query).expectProblem(400, "invalid_field");
  }

  // ---- live ----

  @Test
  void the_overview_comes_at_once_and_every_second() {
    try (var live = EventReader.open(web.port(), "/api/console/live")) {
      assertThat(live.response().headers().firstValue("Content-Type"))
          .hasValue("text/event-stream");
      var begun = Instant.now();
      assertThat(next(live).at("/queue/queued").asLong()).isZero();
      web.submit("x");

      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> next(live).at("/queue/queued").asLong() == 1);

      next(live);
      assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(1_500));
    }
  }

  @Test
  void all_who_read_along_are_told_the_same() {
    try (var one = EventReader.open(web.port(), "/api/console/live");
        var other = EventReader.open(web.port(), "/api/console/live")) {
      assertThat(next(one)).isEqualTo(next(other));
    }
  }

  private static JsonNode next(EventReader live) {
    var event = live.next().orElseThrow();
    assertThat(event.name()).isEqualTo("overview");
    assertThat(event.id()).isEmpty();
    return new JsonMapper().readTree(event.data());
  }

  @Test
  void a_live_stream_ends_when_web_stops() {
    try (var live = EventReader.open(web.port(), "/api/console/live")) {
      next(live);

      web.web.close();

      assertThat(live.next()).isEmpty();
    }
  }
}
