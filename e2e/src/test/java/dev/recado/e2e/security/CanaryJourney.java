package dev.recado.e2e.security;

import static dev.recado.e2e.security.Canary.ANSWER;
import static dev.recado.e2e.security.Canary.LABEL;
import static dev.recado.e2e.security.Canary.SYSTEM;
import static dev.recado.e2e.security.Canary.TEXT;
import static dev.recado.e2e.security.Canary.TOKEN;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Jobs full of canaries, to each of their ends; and what a client is told of each refusal. */
final class CanaryJourney {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String[] JSON = {"Content-Type", "application/json"};

  private final ApiClient api;
  private final List<String> jobs = new ArrayList<>();

  CanaryJourney(ApiClient api) {
    this.api = api;
  }

  void succeeds() {
    var id = submit("text=" + ANSWER.disguised());
    end(id, "succeeded");
    assertThat(api.content(id)).isEqualTo(ANSWER.word());
  }

  /** The provider's complaint repeats the whole request and the key. */
  void fails() {
    for (var refusal : List.of("status=400", "status=401", "status=404", "status=418")) {
      var id = submit(refusal + "&quote=1");
      end(id, "failed");
      Canary.assertNoneIn("the error of a job", api.job(id).get("error").toString());
      assertTellsNothing(api.result(id), 424);
    }
  }

  void failsAtFirst() {
    end(submit("status=500&quote=1&times=1&text=" + ANSWER.disguised()), "succeeded");
    end(submit("status=429&retry_after=1&quote=1&times=1"), "succeeded");
  }

  void isCanceled() {
    var id = submit("stall=1");
    api.awaitStatus(id, "processing", BOUND);
    assertThat(api.cancel(id).statusCode()).isEqualTo(200);
    assertTellsNothing(api.result(id), 410);
  }

  void isRefused() {
    var word = TEXT.word();
    assertTellsNothing(post("{\"text\":\"" + word + "\",}"), 400);
    assertTellsNothing(post("{\"text\":[\"" + word + "\"]}"), 400);
    assertTellsNothing(post("{\"text\":\"" + word + "\\u0000\"}"), 400);
    assertTellsNothing(post("{\"text\":\"a\",\"max_tokens\":\"" + word + "\"}"), 400);
    assertTellsNothing(post("{\"text\":\"a\",\"model\":\"a " + word + "\"}"), 400);
    assertTellsNothing(post(word), 400);
    assertTellsNothing(post("{\"text\":\"" + word.repeat(50_000) + "\"}"), 400);
    assertTellsNothing(post("{\"text\":\"" + word.repeat(80_000) + "\"}"), 413);
    assertTellsNothing(api.send("POST", "/api/predict", ofString(word)), 415);
    assertTellsNothing(api.get("/api/result/" + word), 404);
    assertTellsNothing(api.send("GET", "/api/jobs/" + word, null, "X-Request-Id", word + "!"), 404);
    assertTellsNothing(api.get("/api/jobs?cursor=" + word), 400);
    assertTellsNothing(api.send("PUT", "/api/jobs", ofString(word), JSON), 405);
  }

  void isLookedAt() {
    for (var path : List.of("/healthz", "/readyz", "/api/queue", "/api/")) {
      Canary.assertNoneIn(path, api.get(path).body());
    }
  }

  /** Operators see nothing private unless they ask for a job's texts. */
  void isOperated() {
    var token = "{\"token\":\"" + TOKEN.word() + "\"}";
    assertTellsNothing(api.send("POST", "/api/console/login", ofString(token), JSON), 204);
    var wrong = token.replace("88", "89");
    assertTellsNothing(api.send("POST", "/api/console/login", ofString(wrong), JSON), 401);
    String[] bearer = {"Authorization", "Bearer " + TOKEN.word()};
    for (var path : List.of("session", "overview", "statistics", "jobs?limit=100")) {
      assertTellsNothing(api.send("GET", "/api/console/" + path, null, bearer), 200);
    }
    for (var id : jobs) {
      assertTellsNothing(api.send("GET", "/api/console/jobs/" + id, null, bearer), 200);
    }
  }

  /** Leaves a job that nobody may be there to run. */
  String submit(String behaviour) {
    var request =
        Map.of(
            "text", TEXT.word(),
            "system", SYSTEM.word(),
            "model", "fake?" + behaviour,
            "metadata", Map.of("label", LABEL.word()));
    var id = api.submit(request);
    jobs.add(id);
    return id;
  }

  void end(String id, String status) {
    assertThat(api.awaitDone(id, BOUND).get("status").asString()).as(id).isEqualTo(status);
  }

  void eraseAll() {
    for (var id : jobs) {
      assertThat(api.send("DELETE", "/api/jobs/" + id, null).statusCode()).isEqualTo(204);
    }
  }

  private HttpResponse<String> post(String body) {
    return api.send("POST", "/api/predict", ofString(body), JSON);
  }

  private static void assertTellsNothing(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    Canary.assertNoneIn("an answer", answer.headers().map() + answer.body());
  }
}
