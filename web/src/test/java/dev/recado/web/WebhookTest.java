package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.config.Secret;
import dev.recado.config.WebhookSettings;
import dev.recado.job.JobId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Being called when a job has ended. */
class WebhookTest {
  private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final JsonMapper MAPPER = new JsonMapper();

  @RegisterExtension
  final RunningWeb web = new RunningWeb(new WebhookSettings(List.of(SECRET), true));

  private final MockWebServer receiver = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private JobId submit(String text) {
    var body =
        web.jsonObject(json -> {
          json.writeStringProperty("text", text);
          json.writeStringProperty("webhook", receiver.url("/hook").toString());
        });
    return new JobId(web.postJson("/api/predict", body).expect(202).member("job_id"));
  }

  private void answers(int status) {
    receiver.enqueue(new MockResponse.Builder().code(status).build());
  }

  private RecordedRequest received() throws InterruptedException {
    var request = receiver.takeRequest(10, TimeUnit.SECONDS);
    assertThat(request).isNotNull();
    return request;
  }

  private static JsonNode json(RecordedRequest request) {
    var body = request.getBody();
    assertThat(body).isNotNull();
    return MAPPER.readTree(body.utf8());
  }

  private static String id(RecordedRequest request) {
    return String.valueOf(request.getHeaders().get("webhook-id"));
  }

  private JsonNode deliveries(JobId id) {
    return web.get("/api/jobs/" + id + "/deliveries").expect(200).json().get("data");
  }

  private JsonNode awaitDelivery(JobId id, String status, int attempts) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          var delivery = deliveries(id).get(0);
          assertThat(delivery.get("status").stringValue()).isEqualTo(status);
          assertThat(delivery.get("attempts").intValue()).isEqualTo(attempts);
          assertThat(delivery.get("last_attempt").isNull()).isFalse();
        });
    return deliveries(id).get(0);
  }

  @Test
  void the_receiver_gets_the_job_as_the_api_shows_it() throws InterruptedException {
    answers(200);
    var id = submit("Olá");
    web.finish(Samples.success());

    var event = json(received());

    assertThat(event.get("type").stringValue()).isEqualTo("job.succeeded");
    assertThat(event.get("timestamp").stringValue()).isEqualTo("2026-11-21T12:00:00.000Z");
    assertThat(event.get("data")).isEqualTo(web.get("/api/jobs/" + id).json());
    assertThat(event.at("/data/output/content").stringValue()).isEqualTo("Claro!");
    var delivery = awaitDelivery(id, "delivered", 1);
    assertThat(delivery.get("event").stringValue()).isEqualTo("job.succeeded");
    assertThat(delivery.get("next_attempt_at").isNull()).isTrue();
    assertThat(delivery.at("/last_attempt/status").intValue()).isEqualTo(200);
    assertThat(delivery.at("/last_attempt/error").isNull()).isTrue();
    assertThat(delivery.at("/last_attempt/duration_ms").isIntegralNumber()).isTrue();
  }

  @Test
  void a_canceled_job_is_told_of_at_once() throws InterruptedException {
    answers(200);
    var id = submit("Hi");
    web.post("/api/jobs/" + id + "/cancel").expect(200);

    assertThat(json(received()).get("type").stringValue()).isEqualTo("job.canceled");
  }

  @Test
  void a_job_with_long_texts_is_sent_without_them() throws InterruptedException {
    answers(200);
    var id = submit("x".repeat(30_000));
    web.finish(Samples.success());

    var data = json(received()).get("data");

    assertThat(data.get("id").stringValue()).isEqualTo(id.value());
    assertThat(data.has("input")).isFalse();
    assertThat(data.has("output")).isFalse();
    assertThat(data.at("/urls/result").stringValue()).isEqualTo("/api/result/" + id);
  }

  @Test
  void a_failure_is_tried_again_under_the_same_id() throws InterruptedException {
    answers(500);
    answers(200);
    var id = submit("Hi");
    web.finish(Samples.failure());
    var first = received();

    var delivery = awaitDelivery(id, "pending", 1);
    assertThat(delivery.at("/last_attempt/error").stringValue()).isEqualTo("answered 500");
    web.clock.advance(Duration.ofSeconds(6));

    var second = received();
    assertThat(id(second)).isEqualTo(id(first)).isEqualTo(delivery.get("id").stringValue());
    assertThat(second.getHeaders().get("webhook-timestamp"))
        .isNotEqualTo(first.getHeaders().get("webhook-timestamp"));
    assertThat(second.getBody()).isEqualTo(first.getBody());
    awaitDelivery(id, "delivered", 2);
  }

  @Test
  void a_410_ends_the_deliveries_of_a_job() throws InterruptedException {
    answers(410);
    var id = submit("Hi");
    web.finish(Samples.success());
    received();

    var delivery = awaitDelivery(id, "disabled", 1);
    assertThat(delivery.get("next_attempt_at").isNull()).isTrue();
  }

  @Test
  void a_replay_sends_the_same_message_again() throws InterruptedException {
    answers(200);
    answers(200);
    var id = submit("Hi");
    web.finish(Samples.success());
    var first = received();
    awaitDelivery(id, "delivered", 1);
    web.clock.advance(Duration.ofDays(1));

    var path = "/api/jobs/" + id + "/deliveries/" + id(first) + "/replay";
    var answer = web.post(path).expect(202);

    assertThat(answer.member("id")).isEqualTo(id(first));
    assertThat(answer.member("status")).isEqualTo("pending");
    var second = received();
    assertThat(id(second)).isEqualTo(id(first));
    assertThat(second.getBody()).isEqualTo(first.getBody());
    awaitDelivery(id, "delivered", 2);
  }

  @Test
  void what_is_not_there_is_not_replayed() {
    var id = submit("Hi");
    var none = "/api/jobs/01a1fdfa-4600-76ec-bf1e-30bf11779443/deliveries";
    web.get(none).expectProblem(404, "job_not_found");
    web.post(none + "/msg_1/replay").expectProblem(404, "job_not_found");
    web.post("/api/jobs/" + id + "/deliveries/msg_1/replay")
        .expectProblem(404, "delivery_not_found");
  }

  @Test
  void a_job_without_a_webhook_has_no_deliveries() {
    var id = web.submit("Hi");
    web.finish(Samples.success());
    assertThat(deliveries(id).size()).isZero();
  }

  @Test
  void an_erased_job_is_told_to_nobody_any_more() throws InterruptedException {
    answers(500);
    answers(200);
    var id = submit("Hi");
    web.finish(Samples.success());
    received();
    awaitDelivery(id, "pending", 1);

    web.delete("/api/jobs/" + id).expect(204);

    var delivery = awaitDelivery(id, "disabled", 1);
    web.post("/api/jobs/" + id + "/deliveries/" + delivery.get("id").stringValue() + "/replay")
        .expectProblem(404, "delivery_not_found");
  }
}
