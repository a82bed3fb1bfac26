package dev.recado.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract as a client sees it, over plain HTTP. Thread-safe. */
public final class ApiClient {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI base;

  /** Talks to what listens there: web itself, or the proxy in front of it. */
  public ApiClient(URI base) {
    this.base = base;
  }

  /** Leaves a text and returns its job's id; anything but 202 fails the test. */
  public String submit(String text) {
    return submit(Map.of("text", text));
  }

  /** Leaves a text for this model, which tells a {@code FakeModel} what to do. */
  public String submit(String text, String model) {
    return submit(Map.of("text", text, "model", model));
  }

  public String submit(Map<String, ?> request) {
    var answer = post("/api/predict", request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json(answer).get("job_id").asString();
  }

  /** {@code GET /api/result/{id}}, as it was answered. */
  public HttpResponse<String> result(String id) {
    return get("/api/result/" + id);
  }

  /** The content of a succeeded job's result. */
  public String content(String id) {
    var answer = result(id);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).at("/result/content").asString();
  }

  /** {@code GET /api/jobs/{id}}: the job. */
  public JsonNode job(String id) {
    var answer = get("/api/jobs/" + id);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  public String status(String id) {
    return job(id).get("status").asString();
  }

  public HttpResponse<String> cancel(String id) {
    return post("/api/jobs/" + id + "/cancel", Map.of());
  }

  /** Waits until the job is done, whatever its end, and returns it. */
  public JsonNode awaitDone(String id, Duration bound) {
    return await("job " + id + " is done")
        .atMost(bound)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> job(id), job -> job.get("done").asBoolean());
  }

  /** Waits until the job is in this state and returns it. */
  public JsonNode awaitStatus(String id, String status, Duration bound) {
    return await("job " + id + " is " + status)
        .atMost(bound)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(25))
        .until(() -> job(id), job -> job.get("status").asString().equals(status));
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  public HttpResponse<String> post(String path, Object body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  /** Any other method, body or header: the test names them all. */
  public HttpResponse<String> send(
      String method, String path, @Nullable BodyPublisher body, String... headers) {
    var request = request(path).method(method, body == null ? BodyPublishers.noBody() : body);
    return send(headers.length == 0 ? request.build() : request.headers(headers).build());
  }

  public static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  /** Whether somebody answers there, and with this code. */
  public boolean answers(String path, int code) {
    try {
      return get(path).statusCode() == code;
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
