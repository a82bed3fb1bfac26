package dev.recado.e2e.faults;

import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody leaves a flood of requests that can wait, beside somebody who leaves a few that cannot.
 */
@Tag("process")
@Tag("soak")
class NoisyNeighbourTest {
  private static final int FLOOD = 50_000;
  private static final int JOBS = 300;
  private static final String MODEL = "fake?repeat=1&latency=50";

  @RegisterExtension final Harness harness = new Harness();
  private ApiClient api;

  /** 16 slots and 50 ms: the flood takes minutes, and all slots are always taken. */
  @BeforeEach
  void start() {
    var cluster = new Cluster(harness, Map.of("RECADO_WORKER_CONCURRENCY", "16"));
    cluster.up();
    api = cluster.api();
  }

  @Test
  void a_flood_of_low_priority_hardly_delays_what_is_more_urgent() {
    times("warm up", "normal");
    var alone = times("alone", "normal");

    var batch = leaveFlood();
    var normal = times("normal", "normal");
    var high = times("high", "high");
    var left = left(batch);
    api.post("/api/batches/" + batch + "/cancel", Map.of());

    report("alone", alone);
    report("normal beside a flood of " + FLOOD, normal);
    report("high beside a flood of " + FLOOD, high);
    assertThat(left).as("what is left of the flood").isGreaterThan(FLOOD / 10);
    // The next slot is free a few ms later; what is above that is the machine's.
    var bound = p(alone, 0.99).multipliedBy(3).plusMillis(250);
    assertThat(p(normal, 0.99)).isLessThan(bound);
    assertThat(p(high, 0.99)).isLessThan(bound);
  }

  private String leaveFlood() {
    var lines =
        IntStream.range(0, FLOOD)
            .mapToObj(n -> Map.of("custom_id", "r" + n, "text", "flood " + n, "model", MODEL))
            .map(JsonMapper.shared()::writeValueAsString)
            .collect(Collectors.joining("\n"));
    var answer =
        api.send("POST", "/api/batches", ofString(lines), "Content-Type", "application/jsonl");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    var id = ApiClient.json(answer).get("batch_id").asString();
    await().atMost(Duration.ofSeconds(30)).until(() -> left(id) < FLOOD);
    return id;
  }

  private int left(String batch) {
    var counts = ApiClient.json(api.get("/api/batches/" + batch)).get("request_counts");
    return counts.get("queued").asInt();
  }

  /** From each submit to its result, one after the other. */
  private List<Duration> times(String label, String priority) {
    return IntStream.range(0, JOBS).mapToObj(n -> time(label + " " + n, priority)).toList();
  }

  private Duration time(String text, String priority) {
    var request = Map.of("text", text, "model", MODEL, "priority", priority);
    var body = ofString(JsonMapper.shared().writeValueAsString(request));
    var begun = System.nanoTime();
    var answer =
        api.send(
            "POST", "/api/predict", body, "Content-Type", "application/json", "Prefer", "wait=20");
    var took = Duration.ofNanos(System.nanoTime() - begun);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return took;
  }

  private static Duration p(List<Duration> times, double share) {
    return Figures.percentile(times, share);
  }

  private static void report(String what, List<Duration> times) {
    System.out.printf(
        Locale.ROOT,
        "FAULT noisy neighbour, %s | jobs %d | submit to result p50 %d ms p99 %d ms max %d ms%n",
        what,
        times.size(),
        p(times, 0.5).toMillis(),
        p(times, 0.99).toMillis(),
        p(times, 1).toMillis());
  }
}
