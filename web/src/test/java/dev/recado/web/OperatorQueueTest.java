package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators do about the queue as a whole. */
class OperatorQueueTest {
  private static final String PAUSE = "/api/console/pause";
  private static final String RESUME = "/api/console/resume";
  private static final String DEAD = "/api/console/dead";

  @RegisterExtension final RunningWeb web = new RunningWeb();

  @Test
  void while_paused_jobs_are_accepted_and_none_is_started() {
    assertThat(web.post(PAUSE).expect(200).text())
        .isEqualTo("{\"paused_since\":\"2026-11-21T12:00:00.000Z\"}");
    web.submit("x");

    assertThat(web.store.claim(RunningWeb.WORKER, 1)).isEmpty();
    assertThat(web.get("/api/queue").member("paused_since")).isEqualTo("2026-11-21T12:00:00.000Z");
    assertThat(web.get("/api/console/overview").member("paused_since"))
        .isEqualTo("2026-11-21T12:00:00.000Z");
  }

  @Test
  void pausing_twice_changes_nothing() {
    web.post(PAUSE).expect(200);
    web.clock.advance(Duration.ofMinutes(1));

    assertThat(web.post(PAUSE).expect(200).member("paused_since"))
        .startsWith("2026-11-21T12:00:00");
  }

  @Test
  void after_resuming_workers_are_woken_and_start_jobs() throws InterruptedException {
    web.post(PAUSE).expect(200);
    web.submit("x");
    web.doorbell.await(Duration.ofSeconds(1)).acknowledge();

    assertThat(web.post(RESUME).expect(200).text()).isEqualTo("{\"paused_since\":null}");

    assertThat(web.doorbell.await(Duration.ofSeconds(5)).count()).isPositive();
    assertThat(web.store.claim(RunningWeb.WORKER, 1)).hasSize(1);
    web.post(RESUME).expect(200);
  }

  @Test
  void within_one_process_there_are_no_dead_letters() {
    assertThat(web.get(DEAD).expect(200).text()).isEqualTo("{\"count\":0,\"data\":[]}");
    for (var path : new String[] {"/replay", "/discard"}) {
      assertThat(web.postJson(DEAD + path, "{\"all\":true}").expect(200).text())
          .isEqualTo("{\"replayed\":0,\"discarded\":0,\"left\":0}");
      web.postJson(DEAD + path, "{\"keys\":[\"a\"]}").expect(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"all\":false}",
        "{\"all\":true,\"keys\":[]}",
        "{\"all\":1}",
        "{\"keys\":\"a\"}",
        "{\"keys\":[1]}",
        "{\"key\":[\"a\"]}"
      })
  void which_letters_are_meant_has_to_be_said(String body) {
    web.postJson(DEAD + "/replay", body).expectProblem(400, "invalid_field");
    web.postJson(DEAD + "/discard", body).expectProblem(400, "invalid_field");
  }

  @Test
  void a_look_at_dead_letters_is_bounded() {
    web.get(DEAD + "?limit=501").expectProblem(400, "invalid_field");
    web.get(DEAD + "?limit=500").expect(200);
  }
}
