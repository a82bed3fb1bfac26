package dev.recado.e2e.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Those who are called hear of each job, whatever becomes of the web that should call them. */
@Tag("process")
@Tag("soak")
@Tag("broker")
class WebhookTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Map<String, String> ON =
      Map.of(
          "RECADO_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
          "RECADO_WEBHOOK_ALLOW_PRIVATE", "true");

  @RegisterExtension final Harness harness = new Harness();

  private static String submit(ApiClient client, Receiver receiver, int millis) {
    return client.submit(
        Map.of("text", "olá", "model", "fake?latency=" + millis, "webhook", receiver.url()));
  }

  @Test
  void two_webs_call_once_for_each_job_and_the_next_for_what_ends_without_them()
      throws IOException {
    var split = new Split(harness);
    var receiver = harness.own(Receiver.start());
    var one = split.web(ON);
    var other = split.web(ON);
    split.worker();
    var jobs = new ArrayList<String>();
    for (var i = 0; i < 100; i++) {
      jobs.add(submit((i % 2 == 0 ? one : other).client(), receiver, 10));
    }
    for (var job : jobs) {
      await().atMost(BOUND).until(() -> isDelivered(one.client(), job));
    }

    var orphan = submit(one.client(), receiver, 3_000);
    await().atMost(BOUND).until(() -> split.model().open() > 0);
    one.kill();
    other.kill();
    await().atMost(BOUND).until(() -> split.model().open() == 0);
    var next = split.web(ON).client();
    await().atMost(BOUND).until(() -> isDelivered(next, orphan));

    jobs.add(orphan);
    assertThat(receiver.calls())
        .extracting(Receiver.Call::job)
        .containsExactlyInAnyOrderElementsOf(jobs);
    assertThat(receiver.calls())
        .allMatch(call -> call.event().path("type").asString().equals("job.succeeded"));
  }

  private static boolean isDelivered(ApiClient client, String job) {
    var deliveries = ApiClient.json(client.get("/api/jobs/" + job + "/deliveries"));
    return deliveries.at("/data/0/status").asString().equals("delivered");
  }

  /** Half a minute, as a sender is believed alive for so long. */
  @Test
  void a_web_killed_in_the_middle_of_a_call_leaves_it_to_the_next() throws IOException {
    var split = new Split(harness);
    var receiver = harness.own(Receiver.start());
    receiver.hang();
    var first = split.web(ON);
    split.worker();
    var id = submit(first.client(), receiver, 10);
    await().atMost(BOUND).until(() -> !receiver.calls().isEmpty());

    first.kill();
    receiver.letGo();
    var second = split.web(ON).client();

    await().atMost(Duration.ofSeconds(60)).until(() -> isDelivered(second, id));
    assertThat(receiver.calls()).hasSize(2);
    assertThat(receiver.calls().get(1).id()).isEqualTo(receiver.calls().get(0).id());
  }
}
