package dev.recado.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Batches;
import dev.recado.e2e.Harness;
import dev.recado.e2e.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What is said of a job that stands in a line of a million. */
@Tag("process")
@Tag("soak")
@Timeout(900)
@TestInstance(Lifecycle.PER_CLASS)
class DeepQueueTest {
  private static final int BATCHES = Integer.getInteger("recado.deep.batches", 20);
  private static final int BATCH = 50_000;
  private static final int SINGLES = 10;
  private static final int QUESTIONS = 2_000;
  private static final String SLOW = "fake?latency=500";
  private static final Duration BOUND = Duration.ofMinutes(5);

  @RegisterExtension static final Harness harness = new Harness();

  /**
   * A job, and how many were left before it, itself included.
   *
   * @param id the job
   * @param place its place in line, but for the few that have run by now
   */
  private record InLine(String id, int place) {}

  private final List<InLine> known = new ArrayList<>();
  private ApiClient api;

  /** Single ones of the same priority between the batches, of which we know the place. */
  @BeforeAll
  void a_million_in_line() {
    var settings = Map.of("MODEL_URL", harness.model().url(), "RECADO_WORKER_CONCURRENCY", "4");
    api = harness.up(settings).client();
    var batches = new Batches(api);
    var lines = Batches.lines(BATCH, SLOW);
    for (var n = 1; n <= BATCHES; n++) {
      batches.leave(lines);
      var place = n * BATCH + known.size();
      for (var single = 1; single <= SINGLES; single++) {
        known.add(new InLine(single(), place + single));
      }
    }
    // a batch is put into line piece by piece
    await().atMost(BOUND).until(() -> isAbout(result(known.getLast()), known.getLast()));
    await().atMost(BOUND).until(() -> result(known.getLast()).hasNonNull("estimated_seconds"));
  }

  private String single() {
    var week = 7 * 24 * 3600;
    return api.submit(
        Map.of("text", "x", "model", SLOW, "priority", "low", "deadline_seconds", week));
  }

  private JsonNode result(InLine job) {
    return ApiClient.json(api.result(job.id()));
  }

  /** A few have run, and what is told is rounded down to two digits. */
  private static boolean isAbout(JsonNode answer, InLine job) {
    var told = answer.path("queue_position").asInt(0);
    return told > 0.85 * job.place() && told <= 1.02 * job.place();
  }

  @Test
  void place_and_time_are_told_at_once_however_long_the_line() {
    var random = new Random(20261121);
    var times = new Times();
    for (var n = 0; n < QUESTIONS; n++) {
      var job = known.get(random.nextInt(known.size()));
      var answer = times.measure(() -> result(job));
      assertThat(isAbout(answer, job)).as("%s at %s", answer, job).isTrue();
      assertThat(answer.hasNonNull("estimated_seconds")).isTrue();
    }
    print("GET result", times);
  }

  @Test
  void a_submit_is_told_its_place_as_soon() {
    var times = new Times();
    for (var n = 0; n < QUESTIONS; n++) {
      times.measure(this::single);
    }
    print("POST predict", times);
  }

  private void print(String what, Times times) {
    System.out.printf("LINE of %d: %s %s%n", BATCHES * (BATCH + SINGLES), what, times);
    assertThat(times.quantile(0.5)).isLessThan(Duration.ofMillis(250));
  }
}
