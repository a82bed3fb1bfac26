package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import dev.recado.e2e.faults.agent.Blow;
import dev.recado.lifecycle.FailPoint;
import dev.recado.testing.FreePort;
import dev.recado.testing.NeedsBroker;
import dev.recado.testing.TestBroker;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One wish that is sent twice under one key becomes one job, whatever happens in between. */
@Tag("process")
@Tag("soak")
@NeedsBroker
@Timeout(180)
class RepeatedSubmitTest {
  private static final int KEYS = 100;
  private static final Duration LONG = Duration.ofSeconds(60);

  @RegisterExtension final Harness harness = new Harness();
  private final TestBroker broker;

  RepeatedSubmitTest(TestBroker broker) {
    this.broker = broker;
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_COMMIT", "AFTER_COMMIT", "ACCEPTED"})
  void a_client_whose_answer_was_lost_with_its_server_gets_the_first_job(FailPoint between) {
    var cluster = new Cluster(harness, Map.of("RABBITMQ_URL", Broker.url(broker.settings())));
    var armed = Armed.in(harness.folder());
    var doomed = cluster.web(armed.environment());
    armed.arm(between, Blow.KILL);
    assertThatThrownBy(() -> submit(doomed.client(), "lost"))
        .isInstanceOf(UncheckedIOException.class);
    doomed.awaitExit(LONG);

    var next = cluster.web();
    cluster.worker();
    var first = submit(next.client(), "lost");
    var again = submit(next.client(), "lost");

    var id = job(first);
    assertThat(first.headers().firstValue("Idempotency-Replayed").isPresent())
        .as("had been accepted before the kill")
        .isEqualTo(between != FailPoint.BEFORE_COMMIT);
    assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
    assertThat(job(again)).isEqualTo(id);
    assertThat(next.client().awaitDone(id, LONG).get("status").asString()).isEqualTo("succeeded");
    assertThat(jobs(next.client())).isEqualTo(1);
    assertThat(cluster.model().calls("lost")).isEqualTo(1);
  }

  @Test
  void one_key_at_two_webs_at_the_same_instant_is_one_job() throws Exception {
    var broker = Map.of("RABBITMQ_URL", Broker.url(this.broker.settings()));
    var cluster = new Cluster(harness, broker);
    var one = cluster.web();
    var other = cluster.web(Map.of("RECADO_PORT", String.valueOf(FreePort.next())));
    cluster.worker();

    for (var n = 0; n < KEYS; n++) {
      var ids = atOnce(List.of(one, other, one, other), "twin-" + n).stream().map(this::job);
      assertThat(ids.distinct()).as("the job of key %d", n).hasSize(1);
    }

    assertThat(jobs(one.client())).isEqualTo(KEYS);
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(cluster.model().callsByPrompt()).hasSize(KEYS));
    assertThat(cluster.model().callsByPrompt().values()).containsOnly(1);
    System.out.printf(
        "FAULT one key at two webs | keys %d | submits %d | jobs %d%n", KEYS, 4 * KEYS, KEYS);
  }

  private static List<HttpResponse<String>> atOnce(List<RecadoProcess> webs, String text)
      throws Exception {
    var start = new CyclicBarrier(webs.size());
    try (var threads = Executors.newFixedThreadPool(webs.size())) {
      var sends =
          webs.stream()
              .<Callable<HttpResponse<String>>>map(web ->
                  () -> {
                    start.await(10, TimeUnit.SECONDS);
                    return submit(web.client(), text);
                  })
              .toList();
      return threads.invokeAll(sends).stream().map(Future::resultNow).toList();
    }
  }

  /** The text is the key, too. */
  private static HttpResponse<String> submit(ApiClient client, String text) {
    var body = BodyPublishers.ofString("{\"text\":\"%s\"}".formatted(text));
    return client.send(
        "POST",
        "/api/predict",
        body,
        "Content-Type",
        "application/json",
        "Idempotency-Key",
        "\"" + text + "\"");
  }

  private String job(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return ApiClient.json(answer).get("job_id").asString();
  }

  private static int jobs(ApiClient client) {
    return ApiClient.json(client.get("/api/jobs?limit=100")).get("data").size();
  }
}
