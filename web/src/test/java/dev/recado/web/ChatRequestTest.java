package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ClaimedJob;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code POST /v1/chat/completions} reads, and what it refuses. */
@Timeout(60)
class ChatRequestTest {
  private static final String HI = "{\"role\":\"user\",\"content\":\"Hi\"}";

  @RegisterExtension final RunningWeb web = new RunningWeb();

  private static String request(String messages, String more) {
    return "{\"model\":\"m\",\"stream\":true,\"messages\":[%s]%s}".formatted(messages, more);
  }

  /** Streams, as that does not wait: the job is all that matters here. */
  private ClaimedJob accepted(String messages, String more) {
    try (var stream = EventReader.post(web.port(), ChatTest.CHAT, request(messages, more))) {
      assertThat(stream.status()).isEqualTo(200);
      return web.claim();
    }
  }

  private String inputOf(String messages, String more) {
    return accepted(messages, more).inputJson();
  }

  private void expectRefusal(String messages, String more, String param, String words) {
    var answer = web.postJson(ChatTest.CHAT, request(messages, more)).expect(400);
    ChatTest.expectError(answer, "invalid_request_error", "invalid_field");
    assertThat(answer.member("error/param")).isEqualTo(param);
    assertThat(answer.member("error/message")).contains(words);
  }

  @Test
  void what_a_model_server_understands_is_passed_on() {
    var options =
        "\"top_p\":0.5,\"stop\":[\"x\"],\"seed\":7,\"presence_penalty\":-1,\"frequency_penalty\":1.5,"
            + "\"logit_bias\":{\"1\":2},\"response_format\":{\"type\":\"json_object\"},"
            + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],"
            + "\"tool_choice\":\"auto\",\"parallel_tool_calls\":false,\"reasoning_effort\":\"low\"";

    assertThat(inputOf(HI, ",\"max_completion_tokens\":9,\"temperature\":0.5," + options))
        .isEqualTo(
            "{\"messages\":[" + HI + "],\"max_tokens\":9,\"temperature\":0.5," + options + "}");
  }

  @Test
  void what_changes_nothing_here_is_passed_over() {
    assertThat(
            inputOf(
                HI,
                ",\"n\":1,\"user\":\"u\",\"store\":true,\"service_tier\":\"auto\",\"logprobs\":false,"
                    + "\"top_logprobs\":null,\"modalities\":[\"text\"],\"tools\":null,"
                    + "\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}"))
        .isEqualTo("{\"messages\":[" + HI + "]}");
  }

  @Test
  void labels_and_the_model_are_those_of_the_job() {
    var job = accepted(HI, ",\"metadata\":{\"ticket\":\"42\"}");

    assertThat(job.model()).isEqualTo("m");
    assertThat(web.get("/api/jobs/" + job.id()).member("metadata/ticket")).isEqualTo("42");
  }

  @Test
  void contents_become_plain_strings_and_developers_the_system() {
    assertThat(
            inputOf(
                "{\"role\":\"developer\",\"content\":\"be brief\"},"
                    + "{\"role\":\"user\",\"name\":\"ana\",\"content\":"
                    + "[{\"type\":\"text\",\"text\":\"a\",\"id\":\"lc_1\","
                    + "\"prompt_cache_breakpoint\":{\"mode\":\"explicit\"},"
                    + "\"cache_control\":{\"type\":\"ephemeral\"}},"
                    + "{\"type\":\"refusal\",\"refusal\":\"b\"}]}",
                ""))
        .isEqualTo(
            "{\"messages\":[{\"role\":\"system\",\"content\":\"be brief\"},"
                + "{\"role\":\"user\",\"content\":\"a\\nb\",\"name\":\"ana\"}]}");
  }

  @Test
  void an_answer_may_be_sent_back_as_it_came() {
    var calls =
        "\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]";
    assertThat(
            inputOf(
                HI
                    + ",{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"annotations\":[],"
                    + calls
                    + "},{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"3\"}",
                ""))
        .isEqualTo(
            "{\"messages\":["
                + HI
                + ",{\"role\":\"assistant\",\"content\":null,"
                + calls
                + "},{\"role\":\"tool\",\"content\":\"3\",\"tool_call_id\":\"c\"}]}");
  }

  @Test
  void a_conversation_may_be_long() {
    var turns = IntStream.range(0, 1_000).mapToObj(_ -> HI).collect(Collectors.joining(","));
    assertThat(inputOf(turns, "")).hasSizeGreaterThan(30_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"n\":2 | n | must be 1",
        "\"logprobs\":true | logprobs | not supported",
        "\"modalities\":[\"audio\"] | modalities | text",
        "\"functions\":[] | functions | use tools",
        "\"web_search_options\":{} | web_search_options | not supported",
        "\"temperature\":3 | temperature | from 0 to 2",
        "\"top_p\":\"x\" | top_p | number",
        "\"stop\":[1] | stop | string",
        "\"tools\":[1] | tools | objects",
        "\"tools\":[{\"a\":\"\\u0000\"}] | tools | U+0000",
        "\"tools\":[{\"a\":[-1e999]}] | tools | too large",
        "\"logit_bias\":{\"1\":1e999} | logit_bias | too large",
        "\"response_format\":{\"a\":[\"\\ud800\"]} | response_format | surrogate",
        "\"stream_options\":7 | stream_options | object",
        "\"stream_options\":{\"include_usage\":1} | stream_options.include_usage | true or false",
        "\"stream_options\":{\"include_usge\":true} | stream_options.include_usge | include_usage?",
        "\"temprature\":1 | temprature | did you mean temperature?",
        "\"metadata\":{\"a\":1} | metadata.a | string"
      })
  void an_option_that_cannot_be_kept_is_named(String option, String param, String words) {
    expectRefusal(HI, "," + option, param, words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"role\":\"judge\",\"content\":\"x\"} | messages[0].role | system, developer",
        "{\"content\":\"x\"} | messages[0].role | system, developer",
        "{\"role\":\"user\"} | messages[0].content | string or an array",
        "{\"role\":\"user\",\"content\":7} | messages[0].content | string",
        "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]} | messages[0].content[0] | type text",
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]} | messages[0].content[0].text | there",
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"txet\":1}]} | messages[0].content[0].txet | text?",
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"refusal\":\"b\"}]} | messages[0].content[0].refusal | not a known field",
        "{\"role\":\"user\",\"content\":[7]} | messages[0].content[0] | type text",
        "{\"role\":\"user\",\"content\":\"a\\u0000\"} | messages[0].content | U+0000",
        "{\"role\":\"tool\",\"content\":\"x\"} | messages[0].tool_call_id | there",
        "{\"role\":\"user\",\"content\":\"x\",\"contents\":1} | messages[0].contents | content",
        "7 | messages[0] | object"
      })
  void a_message_that_cannot_be_read_is_named(String message, String param, String words) {
    expectRefusal(message, "", param, words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"messages\":[]}", "{\"messages\":\"hi\"}"})
  void without_messages_there_is_nothing_to_answer(String body) {
    var answer = web.postJson(ChatTest.CHAT, body).expect(400);
    assertThat(answer.member("error/param")).isEqualTo("messages");
  }
}
