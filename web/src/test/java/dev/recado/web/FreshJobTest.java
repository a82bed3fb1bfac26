package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A question for the result of a job that has only just been left. */
class FreshJobTest {
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final int SECONDS = 20;

  @RegisterExtension final RunningWeb patient = RunningWeb.withPatience(LONG);

  @RegisterExtension final RunningWeb hasty = RunningWeb.withPatience(Duration.ofMillis(1));

  @Test
  void it_is_answered_with_the_result_if_that_comes_within_a_moment() throws Exception {
    var id = patient.submit("hi");
    var answer = CompletableFuture.supplyAsync(() -> patient.get("/api/result/" + id));
    await().until(this::somebodyWaits);
    patient.finish(Samples.success());

    var result = answer.get(SECONDS, TimeUnit.SECONDS).expect(200);
    assertThat(result.header("Preference-Applied")).isEmpty();
  }

  private boolean somebodyWaits() {
    var waiting =
        patient.metrics.registry().get("recado.web.held.requests").tag("kind", "wait").gauge();
    return waiting.value() == 1;
  }

  @Test
  void it_is_answered_with_the_usual_202_when_the_moment_is_over() {
    var id = hasty.submit("hi");

    assertThat(hasty.get("/api/result/" + id).expect(202).member("state")).isEqualTo("queued");
  }

  @Test
  void a_job_that_was_left_a_second_ago_is_answered_at_once() throws Exception {
    var id = patient.submit("hi");
    patient.clock.advance(Duration.ofSeconds(1));

    var answer = CompletableFuture.supplyAsync(() -> patient.get("/api/result/" + id));
    assertThat(answer.get(SECONDS, TimeUnit.SECONDS).expect(202).member("state"))
        .isEqualTo("queued");
  }
}
