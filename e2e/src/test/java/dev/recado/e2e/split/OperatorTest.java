package dev.recado.e2e.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.job.JobIds;
import dev.recado.rabbitmq.QueueAdmin;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What operators see and steer where web, workers and the broker are apart. */
@Tag("process")
@Tag("broker")
class OperatorTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String TOKEN = "canary-token-of-operators";

  @RegisterExtension final Harness harness = new Harness();

  private Split split;
  private ApiClient client;

  @BeforeEach
  void web_with_a_broker_and_no_worker_yet() {
    split = new Split(harness);
    client = split.web(Map.of("RECADO_ADMIN_TOKEN", TOKEN)).client();
    await().atMost(BOUND).until(() -> ask("overview").at("/broker/connected").asBoolean());
  }

  private JsonNode ask(String path) {
    return json(send("GET", path, ""));
  }

  private JsonNode post(String path, String body) {
    return json(send("POST", path, body));
  }

  private HttpResponse<String> send(String method, String path, String body) {
    return client.send(
        method,
        "/api/console/" + path,
        BodyPublishers.ofString(body),
        "Authorization",
        "Bearer " + TOKEN,
        "Content-Type",
        "application/json");
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ApiClient.json(answer);
  }

  @Test
  void a_pause_holds_for_workers_that_come_later_until_it_ends() {
    post("pause", "{}");
    var id = client.submit("depois");
    split.worker();

    await()
        .during(Duration.ofMillis(1_500))
        .atMost(BOUND)
        .until(() -> client.status(id).equals("queued"));
    assertThat(ask("overview").get("paused_since").asString()).endsWith("Z");

    post("resume", "{}");

    client.awaitStatus(id, "succeeded", BOUND);
  }

  @Test
  void dead_letters_are_looked_at_rung_again_and_thrown_away() {
    split.worker();
    var job = new JobIds(Clock.systemUTC()).next();
    ring("garbage", "{\"job_id\":\"" + job + "\",\"version\":2}");
    await().atMost(BOUND).until(() -> ask("dead").get("data").size() == 2);

    var letters = ask("dead");
    assertThat(letters.get("count").asInt()).isEqualTo(2);
    assertThat(letters.get("data").valueStream().map(letter -> letter.get("job_id").asString("")))
        .containsExactlyInAnyOrder("", job.value());
    assertThat(post("dead/replay", "{\"all\":true}").toString())
        .isEqualTo("{\"replayed\":1,\"discarded\":0,\"left\":1}");
    var garbage = ask("dead").at("/data/0");
    assertThat(garbage.get("preview").asString()).isEqualTo("garbage");

    var cleared = post("dead/discard", "{\"keys\":[\"" + garbage.get("key").asString() + "\"]}");

    assertThat(cleared.toString()).isEqualTo("{\"replayed\":0,\"discarded\":1,\"left\":0}");
    assertThat(ask("dead").get("data")).isEmpty();
  }

  /** Not as Recado does: nobody can read these. */
  private void ring(String... messages) {
    try (var somebody = new QueueAdmin(split.broker())) {
      for (var message : messages) {
        somebody.put("task_queue", message);
      }
    }
  }

  @Test
  void with_the_broker_away_it_says_so_and_letters_wait() {
    split.worker();
    ring("garbage");
    await().atMost(BOUND).until(() -> ask("dead").get("data").size() == 1);
    split.broker().kill();
    await().atMost(BOUND).until(() -> !ask("overview").at("/broker/connected").asBoolean());

    var answer = send("GET", "dead", "");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("broker_unavailable");
    split.broker().start();
    await().atMost(BOUND).until(() -> send("GET", "dead", "").body().contains("garbage"));
  }
}
