package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.job.JobResult;
import dev.recado.job.Settlement;
import dev.recado.web.admission.AdmissionLimits;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When {@code POST /api/predict} says no although nothing is wrong with the request. */
class AdmissionTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String TEXT = "{\"text\":\"Hi\"}";

  /** With room for three jobs. */
  @Nested
  class AShortQueue {
    @RegisterExtension final RunningWeb web = new RunningWeb(new AdmissionLimits(3, 0));

    @Test
    void takes_no_more_than_it_may_hold() {
      for (var i = 0; i < 3; i++) {
        web.submit("text");
      }

      var answer = web.postJson("/api/predict", TEXT).expectProblem(503, "queue_full");
      assertThat(answer.header("Retry-After")).hasValue("30");
      assertThat(answer.member("error")).startsWith("the queue is full");
      assertThat(refused(web, "queue_full")).isEqualTo(1);
    }

    @Test
    void takes_no_more_than_that_under_keys_either() {
      for (var i = 0; i < 3; i++) {
        web.postJson("/api/predict", TEXT, "Idempotency-Key", "key-" + i).expect(202);
      }

      web.postJson("/api/predict", TEXT, "Idempotency-Key", "one-more")
          .expectProblem(503, "queue_full");
    }

    @Test
    void takes_jobs_again_when_some_have_been_taken_out() {
      for (var i = 0; i < 3; i++) {
        web.submit("text");
      }
      web.claim();

      await().atMost(SOON).until(() -> web.postJson("/api/predict", TEXT).status() == 202);
    }

    @Test
    void takes_no_repetition_either() {
      var id = web.submit("first");
      web.finish(succeeded());
      for (var i = 0; i < 3; i++) {
        web.submit("text");
      }

      web.post("/api/jobs/" + id + "/retry").expectProblem(503, "queue_full");
    }
  }

  /** On a disk that never has what must stay free. */
  @Nested
  class AFullDisk {
    @RegisterExtension
    final RunningWeb web = new RunningWeb(new AdmissionLimits(1_000, Long.MAX_VALUE));

    @Test
    void takes_nothing_and_still_answers_all_else() {
      var answer = web.postJson("/api/predict", TEXT).expectProblem(503, "store_unavailable");

      assertThat(answer.header("Retry-After")).hasValue("30");
      web.get("/api/queue").expect(200);
      web.get("/readyz").expect(200);
    }
  }

  /** With memory for one short text before the disk. */
  @Nested
  class ASlowDisk {
    @RegisterExtension final RunningWeb web = new RunningWeb(new AdmissionLimits(1_000, 0, 100));

    @Test
    void takes_what_fits_into_memory() {
      web.submit("short");

      var answer = web.postJson("/api/predict", "{\"text\":\"" + "long ".repeat(20) + "\"}");

      answer.expectProblem(503, "queue_full");
      assertThat(answer.header("Retry-After")).hasValue("1");
      web.submit("short");
    }
  }

  /** A worker that finishes as many jobs a second as this machine lets it, a hundred at most. */
  @Nested
  class ALongQueue {
    @RegisterExtension final RunningWeb web = new RunningWeb();

    @Test
    void takes_any_job_as_long_as_no_job_has_finished() {
      submitMany(500);

      web.postJson("/api/predict", "{\"text\":\"Hi\",\"deadline_seconds\":1}").expect(202);
    }

    @Test
    void takes_only_jobs_that_will_end_in_time() {
      submitMany(1_500);
      web.claim(); // its hands are full, or it is no pace

      // as it works, the pace becomes known
      await()
          .atMost(SOON)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> {
            for (var i = 0; i < 10; i++) {
              web.finish(succeeded());
            }
            return postFor(2).status() == 503;
          });

      var answer = postFor(2).expectProblem(503, "queue_full");
      assertThat(refused(web, "too_late")).isPositive();
      assertThat(answer.header("Retry-After").map(Integer::valueOf))
          .get()
          .satisfies(seconds -> assertThat(seconds).isBetween(1, 600));
      postFor(600).expect(202);
      assertThat(postFor(600).json().get("estimated_seconds").asInt()).isBetween(1, 600);
      web.postJson("/api/predict", "{\"text\":\"Hi\",\"deadline_seconds\":2,\"priority\":\"high\"}")
          .expect(202);
    }

    private Answer postFor(int seconds) {
      return web.postJson("/api/predict", "{\"text\":\"Hi\",\"deadline_seconds\":" + seconds + "}");
    }

    private void submitMany(int count) {
      try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var i = 0; i < count; i++) {
          clients.execute(() -> web.submit("text"));
        }
      }
    }
  }

  private static double refused(RunningWeb web, String reason) {
    var registry = web.metrics.registry();
    return registry.get("recado.submits.refused").tag("reason", reason).counter().count();
  }

  private static Settlement succeeded() {
    return new Settlement.Succeed(new JobResult("ok", null, null, "m", null, "stop"));
  }
}
