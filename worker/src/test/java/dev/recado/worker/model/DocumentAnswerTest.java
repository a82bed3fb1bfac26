package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.job.Usage;
import dev.recado.worker.model.ModelAnswer.Remedy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server may answer with one document although it was asked for a stream. */
class DocumentAnswerTest {
  @RegisterExtension final FakeProvider provider = new FakeProvider();

  private static String message(String message) {
    return "{\"choices\":[{\"index\":0,\"message\":" + message + ",\"finish_reason\":\"stop\"}]}";
  }

  @Test
  void the_usual_document() {
    provider.answersJson(
        """
        {"object":"chat.completion","id":"","created":1736953799,"model":"mistralai/Mistral-7B-Instruct-v0.2","system_fingerprint":"3.0.1",
         "choices":[{"index":0,"message":{"role":"assistant","content":" One plus one is equal to two."},"logprobs":null,"finish_reason":"stop"}],
         "usage":{"prompt_tokens":20,"completion_tokens":9,"total_tokens":29}}
        """);

    var result = provider.askAndComplete().result();

    assertThat(result.content()).isEqualTo(" One plus one is equal to two.");
    assertThat(result.toolCallsJson()).isNull();
    assertThat(result.reasoning()).isNull();
    assertThat(result.model()).isEqualTo("mistralai/Mistral-7B-Instruct-v0.2");
    assertThat(result.usage()).isEqualTo(new Usage(20L, 9L, 29L, null, null));
    assertThat(provider.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`role`:`assistant`,`content`:`x`,`tool_calls`:[]}",
        "{`role`:`assistant`,`content`:[{`type`:`text`,`text`:`x`}]}",
        "{`content`:[{`type`:`thinking`,`thinking`:[{`type`:`text`,`text`:`hm`}]},{`type`:`text`,`text`:`x`}]}",
        "{`content`:{`type`:`text`,`text`:`x`}}",
        "{`content`:`x`,`reasoning_content`:null,`tool_call_id`:null}",
        "{`content`:`x`,`tool_calls`:[null,{}]}",
        "{`content`:[{`type`:`reasoning`,`text`:`hm`},{`type`:`text`,`text`:`x`}]}",
      })
  void content_comes_in_many_shapes(String message) {
    provider.answersJson(message(message.replace('`', '"')));

    var result = provider.askAndComplete().result();
    assertThat(result.content()).isEqualTo("x");
    assertThat(result.toolCallsJson()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "{\"role\":\"assistant\",\"content\":null}"})
  void a_delta_without_a_text_does_not_hide_the_message(String delta) {
    provider.answersJson(
        "{\"choices\":[{\"delta\":" + delta + ",\"message\":{\"content\":\"x\"}}]}");

    assertThat(provider.askAndComplete().result().content()).isEqualTo("x");
  }

  @Test
  void an_old_completion_has_only_a_text() {
    provider.answersJson(
        "{\"object\":\"text_completion\",\"model\":\"\",\"choices\":[{\"text\":\"x\",\"finish_reason\":\"eos\"}],\"usage\":null}");

    var result = provider.askAndComplete().result();
    assertThat(result.content()).isEqualTo("x");
    assertThat(result.model()).isEqualTo("a-model");
    assertThat(result.usage()).isNull();
  }

  @Test
  void of_several_choices_the_first_counts_wherever_they_count_from() {
    provider.answersJson(
        "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"x\"}},{\"index\":0,\"message\":{\"content\":\"y\"}}]}");

    assertThat(provider.askAndComplete().result().content()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "false",
        "0",
        "\"\"",
        "{}",
        "{\"message\":\"\",\"type\":\"\",\"param\":\"\",\"code\":null}"
      })
  void an_error_that_says_nothing_is_none(String error) {
    provider.answersJson(
        "{\"choices\":[{\"message\":{\"content\":\"x\"}}],\"error\":" + error + "}");

    assertThat(provider.askAndComplete().result().content()).isEqualTo("x");
  }

  @Test
  void a_thought_in_a_part_of_its_own_is_no_content() {
    provider.answersJson(
        message(
            "{\"content\":[{\"type\":\"reasoning\",\"text\":\"hm\"},{\"type\":\"text\",\"text\":\"x\"}]}"));

    assertThat(provider.askAndComplete().result().reasoning()).isEqualTo("hm");
  }

  @Test
  void of_two_names_for_thoughts_the_one_that_is_filled_counts() {
    provider.answersJson(
        message("{\"content\":\"x\",\"reasoning\":\"\",\"reasoning_content\":\"hm\"}"));

    assertThat(provider.askAndComplete().result().reasoning()).isEqualTo("hm");
  }

  @Test
  void a_document_is_whole_without_a_finish_reason() {
    provider.answersJson("{\"choices\":[{\"message\":{\"content\":\"x\"}}],\"error\":null}");

    assertThat(provider.askAndComplete().result().content()).isEqualTo("x");
  }

  @Test
  void tool_calls_without_content_are_an_answer() {
    provider.answersJson(
        message(
            "{\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}}]}"));

    var result = provider.askAndComplete().result();
    assertThat(result.content()).isNull();
    assertThat(result.toolCallsJson())
        .isEqualTo(
            "[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'prompt_tokens':'7','completion_tokens':2.0}|7|2|",
        "{'total_tokens':9,'prompt_tokens':null}|||9",
        "{'prompt_tokens':9223372036854775807,'completion_tokens':1e300,'total_tokens':3}|||3",
        "{'prompt_tokens':1e999,'completion_tokens':NaN,'total_tokens':'3'}|||3",
        "{'prompt_tokens':-1,'completion_tokens':'many','total_tokens':3}|||3",
      })
  void usage_keeps_what_is_there(String usage, Long prompt, Long completion, Long total) {
    provider.answersJson(
        "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}],\"usage\":"
            + usage.replace('\'', '"')
            + "}");

    assertThat(provider.askAndComplete().result().usage())
        .isEqualTo(new Usage(prompt, completion, total, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "0", "\"\"", "{\"prompt_tokens\":true}"})
  void usage_that_says_nothing_is_unknown(String usage) {
    provider.answersJson(
        "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}],\"usage\":"
            + usage
            + "}");

    assertThat(provider.askAndComplete().result().usage()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\":\"\"}",
        "{\"content\":null}",
        "{\"content\":\" \\n\"}",
        "{\"content\":null,\"tool_calls\":[]}",
        "{\"content\":null,\"tool_calls\":[null]}",
        "{\"content\":\"\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{}}]}",
        "{\"content\":[]}",
        "{\"role\":\"assistant\"}",
        "{\"content\":\"\",\"reasoning\":\"I think\"}",
      })
  void no_text_is_no_answer(String message) {
    provider.answersJson(message(message));

    var refused = provider.askAndBeRefused();
    assertThat(refused.error().code()).isEqualTo(ErrorCode.EMPTY_COMPLETION);
    assertThat(refused.error().providerStatus()).isEqualTo(200);
    assertThat(refused.remedy()).isEqualTo(Remedy.NONE);
    assertThat(refused.partial()).isNotNull();
    assertThat(refused.partial().finishReason()).isEqualTo("stop");
  }

  @Test
  void a_model_that_declines_was_filtered() {
    provider.answersJson(message("{\"content\":null,\"refusal\":\"I cannot help with that\"}"));

    assertThat(provider.askAndBeRefused().error().code()).isEqualTo(ErrorCode.CONTENT_FILTERED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "{}",
        "[]",
        "null",
        "OK",
        "{\"choices\":[]}",
        "{\"choices\":null}",
        "{\"choices\":[{}]}",
        "{\"choices\":[{\"message\":{\"content\":\"x\"",
        "{\"choices\":[{\"message\":{\"content\":\"x\"}}]} trailing",
        "<!DOCTYPE html><html><body>Sign in</body></html>",
        "[{\"generated_text\":\"x\"}]",
        "{\"id\":\"r\",\"output\":[\"x\"],\"error\":null,\"status\":\"processing\",\"urls\":{}}",
        "{\"error\":\"boom\"}",
        "{\"error\":{\"message\":\"boom\",\"code\":500}}",
        "{\"object\":\"error\",\"message\":\"boom\",\"type\":\"BadRequestError\",\"code\":400}",
        "{\"message\":\"boom\",\"request_id\":\"r\"}",
        "{\"detail\":\"boom\"}",
        "{\"error\":true,\"choices\":[{\"message\":{\"content\":\"x\"}}]}",
        "{\"error\":\"boom\",\"choices\":[{\"message\":{\"content\":\"x\"}}]}",
      })
  void a_success_that_makes_no_sense_is_worth_one_more_try(String body) {
    provider.answers(200, body);

    var refused = provider.askAndBeRefused();
    assertThat(refused.error().code()).isEqualTo(ErrorCode.PROVIDER_BAD_RESPONSE);
    assertThat(refused.error().retryable()).isTrue();
    assertThat(refused.remedy()).isEqualTo(Remedy.RETRY_ONCE);
    assertThat(refused.error().message()).startsWith("127.0.0.1:").contains(" answered 200 ");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 203, 206})
  void any_success_with_choices_is_one(int status) {
    provider.answers(status, message("{\"content\":\"x\"}"));

    assertThat(provider.askAndComplete().result().content()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 204})
  void any_success_without_choices_is_none(int status) {
    provider.answers(status, "");

    assertThat(provider.askAndBeRefused().remedy()).isEqualTo(Remedy.RETRY_ONCE);
  }

  @Test
  void a_document_that_is_cut_is_truncated() {
    provider.answers(
        FakeProvider.response(200, "{\"choices\":[{\"mess")
            .setHeader("Content-Length", 500)
            .onResponseEnd(new mockwebserver3.SocketEffect.CloseSocket())
            .build());

    assertThat(provider.askAndBeRefused().remedy()).isEqualTo(Remedy.RETRY);
  }

  @Test
  void one_document_to_a_line_is_a_stream() {
    provider.answers(
        200,
        """
        {"choices":[{"delta":{"content":"a"}}]}
        {"choices":[{"delta":{"content":"b"},"finish_reason":"stop"}]}
        """,
        "Content-Type: application/x-ndjson");

    assertThat(provider.askAndComplete().result().content()).isEqualTo("ab");
  }

  private static final String PIECE =
      "{\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"},\"finish_reason\":null}]}\n";
  private static final String END =
      "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n";

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"null\""})
  void one_piece_of_a_stream_is_no_document(String finishReason) {
    provider.answersJson(PIECE.replace("null", finishReason));

    isTruncatedHel();
  }

  @ParameterizedTest
  @ValueSource(strings = {PIECE, PIECE + "{\"choices\":[{\"del", PIECE + "\n"})
  void pieces_of_a_stream_that_breaks_off_are_no_document(String body) {
    breaksOff(body);

    isTruncatedHel();
  }

  private void breaksOff(String body) {
    provider.answers(
        FakeProvider.response(200, body, "Content-Type: application/x-ndjson")
            .setHeader("Content-Length", body.length() + 500)
            .onResponseEnd(new mockwebserver3.SocketEffect.CloseSocket())
            .build());
  }

  private void isTruncatedHel() {
    var refused = provider.askAndBeRefused();
    assertThat(refused.error().code()).isEqualTo(ErrorCode.PROVIDER_TIMEOUT);
    assertThat(refused.remedy()).isEqualTo(Remedy.RETRY);
    assertThat(refused.partial()).isNotNull();
    assertThat(refused.partial().content()).isEqualTo("Hel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"choices\":[],\"us", "{\"error\":\"could not count\"}\n"})
  void one_document_to_a_line_is_whole_if_its_connection_breaks_after_it(String further) {
    breaksOff(PIECE + END + further);

    assertThat(provider.askAndComplete().result().content()).isEqualTo("Hello");
  }

  @Test
  void one_document_to_a_line_may_begin_with_one_that_has_no_choices() {
    breaksOff("{\"choices\":[]}\n" + PIECE + END);

    assertThat(provider.askAndComplete().result().content()).isEqualTo("Hello");
  }

  @Test
  void brackets_and_quotes_within_texts_do_not_end_a_document() {
    provider.answersJson(
        "{\"choices\":[{\"message\":{\"content\":\"\\\"}}]}{[\\\\\",\"refusal\":null}}]} \n ");

    assertThat(provider.askAndComplete().result().content()).isEqualTo("\"}}]}{[\\");
  }
}
