package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.worker.model.ModelAnswer.Completed;
import dev.recado.worker.model.ModelRequest.Message;
import java.time.Duration;
import java.util.List;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class RequestTest {
  private static final String GOOD =
      "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}";

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  private String body() throws InterruptedException {
    return bodyOf(provider.server().takeRequest());
  }

  private static String bodyOf(RecordedRequest request) {
    var body = request.getBody();
    return body == null ? "" : body.utf8();
  }

  @Test
  void it_names_the_model_first_and_asks_for_a_stream_with_usage() throws InterruptedException {
    provider.answersJson(GOOD);

    provider.askAndComplete();

    var request = provider.server().takeRequest();
    assertThat(request.getTarget()).isEqualTo("/v1/chat/completions");
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + FakeProvider.KEY);
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("X-Request-Id")).isEqualTo("call-1");
    assertThat(request.getHeaders().get("Content-Length")).isNotNull();
    assertThat(bodyOf(request))
        .isEqualTo(
            "{\"model\":\"a-model\",\"messages\":[{\"role\":\"user\",\"content\":\"canary-prompt: why is the sky blue?\"}],"
                + "\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
  }

  @Test
  void options_are_sent_only_when_given() throws InterruptedException {
    provider.answersJson(GOOD);
    var messages = List.of(new Message("system", "s"), new Message("user", "Olá 😀"));

    provider
        .client()
        .call(new ModelRequest("m", messages, 256, 0.2, "c", Duration.ofSeconds(5)))
        .await(TextListener.DEAF);

    assertThat(body())
        .contains(
            "{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"Olá 😀\"}")
        .endsWith(",\"max_tokens\":256,\"temperature\":0.2}");
  }

  @Test
  void what_only_the_server_understands_is_passed_on_as_it_is() throws InterruptedException {
    provider.answersJson(GOOD);
    var call = new Message("assistant", null, json("{\"tool_calls\":[{\"id\":\"c\"}]}"));
    var result = new Message("tool", "3", json("{\"tool_call_id\":\"c\"}"));
    var options = json("{\"top_p\":0.5,\"tools\":[{\"type\":\"function\"}]}");

    provider
        .client()
        .call(
            new ModelRequest(
                "m", List.of(call, result), 9, null, options, "c", Duration.ofSeconds(5)))
        .await(TextListener.DEAF);

    assertThat(body())
        .contains(
            "\"messages\":[{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\"}]},"
                + "{\"role\":\"tool\",\"content\":\"3\",\"tool_call_id\":\"c\"}]")
        .endsWith(",\"max_tokens\":9,\"top_p\":0.5,\"tools\":[{\"type\":\"function\"}]}");
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.MAPPER.readTree(text);
  }

  @Test
  void without_a_key_nothing_is_said_about_one() throws InterruptedException {
    provider.answersJson(GOOD);
    try (var client = new OpenAiCompatibleClient(ModelServer.at(provider.url(), " ", "m", 1))) {
      client.call(FakeProvider.request(Duration.ofSeconds(5))).await(TextListener.DEAF);
    }

    assertThat(provider.server().takeRequest().getHeaders().get("Authorization")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"Unknown parameter\",\"param\":\"stream_options\"}}",
        "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stream_options\"],\"msg\":\"Extra inputs are not permitted\"}]}",
        "unknown field `include_usage`",
      })
  void a_server_that_refuses_options_is_asked_once_more_without(String complaint)
      throws InterruptedException {
    provider.answers(422, complaint).answersJson(GOOD).answersJson(GOOD);

    provider.askAndComplete();
    provider.askAndComplete();

    assertThat(provider.calls()).isEqualTo(3);
    assertThat(body()).contains("stream_options");
    assertThat(body()).contains("\"stream\":true").doesNotContain("stream_options");
    assertThat(body()).as("remembered").doesNotContain("stream_options");
  }

  @Test
  void a_server_that_refuses_streams_is_asked_once_more_without() throws InterruptedException {
    provider
        .answers(400, "{\"error\":\"Streaming is not supported for this model\"}")
        .answersJson(GOOD)
        .answersJson(GOOD);

    provider.askAndComplete();
    provider.askAndComplete();

    assertThat(provider.calls()).isEqualTo(3);
    assertThat(body()).contains("\"stream\":true");
    assertThat(body()).contains("\"stream\":false").doesNotContain("stream_options");
    assertThat(body()).contains("\"stream\":false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"tools\":[]}", "{\"response_format\":{\"type\":\"json_object\"}}"})
  void a_server_that_can_not_stream_one_kind_of_request_still_streams_the_others(String options)
      throws InterruptedException {
    provider
        .answers(400, "{\"error\":{\"message\":\"this does not currently support streaming\"}}")
        .answersJson(GOOD)
        .answersJson(GOOD)
        .answersJson(GOOD);

    ask(json(options));
    ask(json("{}"));
    ask(json(options));

    assertThat(provider.calls()).isEqualTo(4);
    assertThat(body()).contains("\"stream\":true");
    assertThat(body()).contains("\"stream\":false");
    assertThat(body()).as("of another kind").contains("\"stream\":true");
    assertThat(body()).as("remembered").contains("\"stream\":false");
  }

  private void ask(ObjectNode options) {
    var messages = List.of(new Message("user", "hello"));
    var request = new ModelRequest("m", messages, null, null, options, "c", Duration.ofSeconds(5));
    assertThat(provider.client().call(request).await(TextListener.DEAF))
        .isInstanceOf(ModelAnswer.Completed.class);
  }

  @Test
  void a_server_that_refuses_everything_is_not_asked_for_ever() {
    for (var i = 0; i < 5; i++) {
      provider.answers(400, "{\"error\":\"stream_options and stream are bad\"}");
    }

    provider.askAndBeRefused();

    assertThat(provider.calls()).isEqualTo(3);
  }

  @Test
  void a_prompt_about_streams_that_is_quoted_back_is_no_refusal_to_stream() {
    provider.answers(400, "{\"error\":\"Bad input: how does a stream flow\"}").answersJson(GOOD);
    var messages = List.of(new Message("user", "how does a stream flow"));

    var answer =
        provider
            .client()
            .call(new ModelRequest("m", messages, null, null, "c", Duration.ofSeconds(5)))
            .await(TextListener.DEAF);

    assertThat(answer).isNotInstanceOf(Completed.class);
    assertThat(provider.calls()).isEqualTo(1);
  }
}
