package dev.recado.e2e;

import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Batches as a client sees them. */
public record Batches(ApiClient api) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PATH = "/api/batches";

  /** So many requests for this model, a line each; the n-th, from 0, asks {@code text n}. */
  public static String lines(int count, String model) {
    return IntStream.range(0, count)
        .mapToObj(n -> line(n, model))
        .collect(Collectors.joining("\n"));
  }

  private static String line(int n, String model) {
    return JSON.writeValueAsString(request(n, model));
  }

  private static Map<String, String> request(int n, String model) {
    return Map.of("custom_id", "request-" + n, "text", "text " + n, "model", model);
  }

  /** Sends lines, whatever comes of it. */
  public HttpResponse<String> send(String lines) {
    return api.send("POST", PATH, ofString(lines), "Content-Type", "application/jsonl");
  }

  /** Leaves lines and returns the batch's id; anything but 202 fails the test. */
  public String leave(String lines) {
    return accepted(send(lines));
  }

  /** Leaves as many as one document. */
  public String leaveDocument(int count, String model) {
    var requests = IntStream.range(0, count).mapToObj(n -> request(n, model)).toList();
    return accepted(api.post(PATH, Map.of("requests", requests)));
  }

  private static String accepted(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return ApiClient.json(answer).get("batch_id").asString();
  }

  public JsonNode read(String id) {
    var answer = api.get(PATH + "/" + id);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ApiClient.json(answer);
  }

  /** How many of its requests are in this state. */
  public int count(String id, String state) {
    return read(id).at("/request_counts/" + state).asInt();
  }

  public HttpResponse<String> cancel(String id) {
    return api.post(PATH + "/" + id + "/cancel", Map.of());
  }

  /** Waits until all have ended, whatever their end, and returns the batch. */
  public JsonNode awaitDone(String id, Duration bound) {
    return await("batch " + id + " is done")
        .atMost(bound)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> read(id), batch -> batch.get("done").asBoolean());
  }

  /** What has ended, in the order of the batch. */
  public List<JsonNode> results(String id) {
    var answer = api.get(PATH + "/" + id + "/results");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().lines().map(JSON::readTree).toList();
  }
}
