package dev.recado.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FakeModelTest {
  private final FakeModel model = FakeModel.start();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() throws IOException {
    client.shutdownNow();
    model.close();
  }

  @Test
  void a_plain_answer_has_content_and_usage() throws Exception {
    var answer = JsonMapper.shared().readTree(ask("hi", "fake?tokens=2", false).body());

    assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("w0 w1");
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(2);
  }

  @Test
  void a_stream_has_a_chunk_per_token_and_says_that_it_is_done() throws Exception {
    var body = ask("hi", "fake?tokens=3&tps=100", true).body();

    assertThat(body).contains("\"w0\"", "\" w1\"", "\" w2\"", "\"finish_reason\":\"stop\"");
    assertThat(body).endsWith("data: [DONE]\n\n");
  }

  @Test
  void the_answer_can_be_the_prompt_or_a_given_text() throws Exception {
    assertThat(ask("say it again", "fake?repeat=1", false).body()).contains("say it again");
    assertThat(ask("hi", "fake?text=ol%C3%A1%20%26", false).body()).contains("olá &");
  }

  @Test
  void an_error_ends_after_its_times() throws Exception {
    var model503 = "fake?status=503&times=1&retry_after=7";

    var first = ask("hi", model503, true);
    var second = ask("hi", model503, true);

    assertThat(first.statusCode()).isEqualTo(503);
    assertThat(first.headers().firstValue("Retry-After")).contains("7");
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(model.callsByPrompt()).isEqualTo(Map.of("hi", 2));
  }

  @Test
  void a_cut_stream_ends_without_done() {
    assertThatThrownBy(() -> ask("hi", "fake?cut=2", true)).isInstanceOf(IOException.class);
  }

  @Test
  void a_client_that_hangs_up_in_a_silence_is_noticed() {
    var call = client.sendAsync(request("hi", "fake?stall=1", true), BodyHandlers.ofString());
    await().until(() -> model.open() == 1);

    call.cancel(true);

    await().atMost(Duration.ofSeconds(1)).until(() -> model.open() == 0);
    assertThat(model.abandoned()).isEqualTo(1);
  }

  private HttpResponse<String> ask(String prompt, String name, boolean stream) throws Exception {
    return client.send(request(prompt, name, stream), BodyHandlers.ofString());
  }

  private HttpRequest request(String prompt, String name, boolean stream) {
    var messages = List.of(Map.of("role", "user", "content", prompt));
    var body = Map.of("model", name, "stream", stream, "messages", messages);
    return HttpRequest.newBuilder(URI.create(model.url() + "/chat/completions"))
        .version(HttpClient.Version.HTTP_1_1)
        .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
        .build();
  }
}
