package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Harness;
import dev.recado.e2e.faults.agent.Blow;
import dev.recado.lifecycle.FailPoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server that is killed while it takes a batch in. */
@Tag("process")
class BatchCrashTest {
  private static final int REQUESTS = 1_300; // three pieces
  private static final Duration LONG = Duration.ofSeconds(60);

  @RegisterExtension final Harness harness = new Harness();
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void a_batch_that_was_not_answered_does_not_run_and_comes_in_whole_when_sent_again()
      throws Exception {
    var armed = Armed.in(harness.folder());
    armed.arm(FailPoint.MID_BATCH, Blow.KILL);
    var killed = harness.up(armed.environment());
    assertThat(send(killed.uri())).as("the answer of a killed server").isNull();
    killed.awaitExit(LONG);

    var server = harness.up(Map.of());
    assertThat(json(server.client().get("/api/batches")).get("data")).isEmpty();
    var id = json(send(server.uri())).get("batch_id").asString();

    var done =
        await()
            .atMost(LONG)
            .until(
                () -> json(server.client().get("/api/batches/" + id)),
                batch -> batch.get("done").asBoolean());
    assertThat(done.at("/request_counts/succeeded").asInt()).isEqualTo(REQUESTS);
    var results = server.client().get("/api/batches/" + id + "/results").body();
    assertThat(results.lines()).hasSize(REQUESTS);
    assertThat(json(server.client().get("/api/queue")).get("processing").asInt()).isZero();
  }

  @Test
  void a_batch_that_was_accepted_runs_though_its_answer_was_lost() throws Exception {
    var armed = Armed.in(harness.folder());
    armed.arm(FailPoint.ACCEPTED, Blow.KILL);
    var killed = harness.up(armed.environment());
    assertThat(send(killed.uri())).as("the answer of a killed server").isNull();
    killed.awaitExit(LONG);

    var server = harness.up(Map.of());
    var again = send(server.uri());

    assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
    var id = json(again).get("batch_id").asString();
    await()
        .atMost(LONG)
        .until(
            () -> json(server.client().get("/api/batches/" + id)).at("/request_counts/succeeded"),
            succeeded -> succeeded.asInt() == REQUESTS);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  /** What is answered; null if nobody does. */
  @SuppressWarnings("NullAway")
  private HttpResponse<String> send(URI server) throws InterruptedException {
    var lines =
        IntStream.range(0, REQUESTS)
            .mapToObj("{\"custom_id\":\"r%d\",\"text\":\"Hi\"}"::formatted)
            .collect(Collectors.joining("\n"));
    try {
      return http.send(
          HttpRequest.newBuilder(server.resolve("/api/batches"))
              .header("Content-Type", "application/jsonl")
              .header("Idempotency-Key", "the-batch")
              .POST(BodyPublishers.ofString(lines))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException nobodyAnswers) {
      return null;
    }
  }
}
