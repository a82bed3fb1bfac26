package dev.recado.worker.model;

import static dev.recado.worker.model.HelloStream.DONE;
import static dev.recado.worker.model.HelloStream.HELLO;
import static dev.recado.worker.model.HelloStream.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.Usage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from a stream that goes well. */
class StreamedAnswerTest {
  @RegisterExtension final FakeProvider provider = new FakeProvider();

  @Test
  void an_openai_stream_with_usage_in_a_chunk_without_choices() {
    provider.streams(
        HELLO
            + STOP
            + "data: {\"model\":\"m-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":3,"
            + "\"total_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":1},"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":0}}}\n\n"
            + DONE);

    var result = provider.askAndComplete().result();

    assertThat(result.content()).isEqualTo(" Hello");
    assertThat(result.model()).isEqualTo("m-1");
    assertThat(result.finishReason()).isEqualTo("stop");
    assertThat(result.toolCallsJson()).isNull();
    assertThat(result.usage()).isEqualTo(new Usage(2L, 3L, 5L, 1L, 0L));
  }

  @Test
  void an_old_tgi_stream_without_space_without_done_and_with_an_end_mark() {
    provider.streams(
        """
        data:{"object":"text_completion","choices":[{"index":0,"delta":{"role":"assistant","content":"Two"},"finish_reason":null}]}

        data:{"object":"text_completion","choices":[{"index":0,"delta":{"role":"assistant","content":"</s>"},"finish_reason":"eos_token"}]}

        """);

    var result = provider.askAndComplete().result();

    assertThat(result.content()).isEqualTo("Two");
    assertThat(result.finishReason()).isEqualTo("eos_token");
    assertThat(result.model()).isEqualTo("a-model");
    assertThat(result.usage()).isNull();
  }

  @Test
  void an_end_mark_that_is_part_of_the_answer_stays() {
    provider.streams(
        "data: {\"choices\":[{\"delta\":{\"content\":\"<s>x</s>\"},\"finish_reason\":\"stop\"}]}\n\n");

    assertThat(provider.askAndComplete().result().content()).isEqualTo("<s>x</s>");
  }

  @Test
  void usage_may_stand_in_the_choice() {
    provider.streams(
        HELLO + STOP.replace("\"delta\":{}", "\"delta\":{},\"usage\":{\"completion_tokens\":2}"));

    assertThat(provider.askAndComplete().result().usage())
        .isEqualTo(new Usage(null, 2L, null, null, null));
  }

  @Test
  void usage_is_the_last_one_and_null_does_not_undo_it() {
    provider.streams(
        """
        data: {"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":7,"completion_tokens":1,"total_tokens":8}}

        data: {"choices":[{"delta":{"content":"b"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}

        data: {"choices":[],"usage":null}

        data: [DONE]

        """);

    assertThat(provider.askAndComplete().result().usage())
        .isEqualTo(new Usage(7L, 2L, 9L, null, null));
  }

  @Test
  void a_duplicate_text_field_is_not_read_twice() {
    provider.answers(
        200,
        """
        data: {"choices":[{"index":0,"text":"Hi","finish_reason":null,"delta":{"role":"assistant","content":"Hi","tool_calls":null}}]}

        data: {"choices":[{"index":0,"text":"","finish_reason":"eos","delta":{"role":"assistant","content":""}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}

        data: [DONE]

        """,
        "Content-Type: text/event-stream",
        "Retry-After: 2");

    assertThat(provider.askAndComplete().result().content()).isEqualTo("Hi");
  }

  @Test
  void text_fields_alone_are_the_content() {
    provider.streams(
        """
        data: {"object":"text_completion","choices":[{"index":0,"text":"Hi "}]}

        data: {"object":"text_completion","choices":[{"index":0,"text":"there","finish_reason":"length"}]}

        """);

    var result = provider.askAndComplete().result();
    assertThat(result.content()).isEqualTo("Hi there");
    assertThat(result.finishReason()).isEqualTo("length");
  }

  @Test
  void chunks_with_neither_content_nor_choices_pass_by() {
    provider.streams(
        """
        : keepalive

        event: ping
        data: {"type":"ping"}

        event: ping
        data: still here

        id: 4
        retry: 100
        data: {"choices":[{"index":0,"delta":{"role":"assistant"}}],"content_filter_results":{}}

        data: {"choices":[{"index":0,"delta":{"content":null}}]}

        data: {"choices":[]}

        data: {"time_info":{"queue_time":0.1}}

        data: {"choices":[{"index":0,"delta":{"content":"x"}}]}

        data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        """);

    assertThat(provider.askAndComplete().result().content()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void any_line_end_will_do(String lineEnd) {
    provider.streams((HELLO + STOP + DONE).replace("\n", lineEnd));

    assertThat(provider.askAndComplete().result().content()).isEqualTo(" Hello");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 50})
  void bytes_may_come_in_any_portions(int portion) {
    provider.answers(
        FakeProvider.stream("")
            .chunkedBody((HELLO + STOP + DONE).replace("\n", "\r\n"), portion)
            .throttleBody(portion * 20L, 1, TimeUnit.MILLISECONDS)
            .build());

    assertThat(provider.askAndComplete().result().content()).isEqualTo(" Hello");
  }

  @Test
  void a_byte_order_mark_and_blank_lines_may_come_first() {
    provider.streams("\uFEFF\n\n" + HELLO + STOP + DONE);

    assertThat(provider.askAndComplete().result().content()).isEqualTo(" Hello");
  }

  @Test
  void one_document_may_span_several_data_lines() {
    provider.streams(
        """
        data: {"choices":
        data:   [{"delta":{"content":"spread"},
        data: "finish_reason":"stop"}]}

        data: [DONE]

        """);

    assertThat(provider.askAndComplete().result().content()).isEqualTo("spread");
  }

  @Test
  void blank_lines_between_frames_may_be_missing() {
    provider.streams((HELLO + STOP + DONE).replace("\n\n", "\n"));

    assertThat(provider.askAndComplete().result().content()).isEqualTo(" Hello");
  }

  @Test
  void the_last_line_needs_no_line_end() {
    provider.streams(HELLO + "data: [DONE]");

    var result = provider.askAndComplete().result();
    assertThat(result.content()).isEqualTo(" Hello");
    assertThat(result.finishReason()).isNull();
  }

  @Test
  void what_comes_after_done_is_not_read() {
    provider.streams(HELLO + STOP + DONE + "data: {\"error\":\"too late\"}\n\n");

    assertThat(provider.askAndComplete().result().content()).isEqualTo(" Hello");
  }

  @Test
  void a_stream_need_not_say_that_it_is_one() {
    provider.answers(200, HELLO + STOP + DONE, "Content-Type: application/json");

    assertThat(provider.askAndComplete().result().content()).isEqualTo(" Hello");
  }

  @Test
  void reasoning_is_kept_apart_and_never_twice() {
    provider.streams(
        """
        data: {"choices":[{"delta":{"reasoning":"so ","reasoning_content":"so "}}]}

        data: {"choices":[{"delta":{"reasoning_content":"that"}}]}

        data: {"choices":[{"delta":{"content":"42"},"finish_reason":"stop"}]}

        """);

    var result = provider.askAndComplete().result();
    assertThat(result.content()).isEqualTo("42");
    assertThat(result.reasoning()).isEqualTo("so that");
  }

  @Test
  void tool_calls_are_put_together_by_index() {
    provider.streams(
        """
        data: {"choices":[{"delta":{"role":"assistant","content":"","tool_calls":[{"index":0,"id":"c0","type":"function","function":{"name":"add","arguments":""}}]}}]}

        data: {"choices":[{"delta":{"tool_calls":[{"index":1,"id":"c1","type":"function","function":{"name":"sub","arguments":"{}"}}]}}]}

        data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"a\\":"}}]}}]}

        data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":null,"function":{"name":null,"arguments":"1}"}}]},"finish_reason":"tool_calls"}]}

        data: [DONE]

        """);

    var result = provider.askAndComplete().result();
    assertThat(result.content()).isNull();
    assertThat(result.toolCallsJson())
        .isEqualTo(
            "[{\"id\":\"c0\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"a\\\":1}\"}},"
                + "{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"sub\",\"arguments\":\"{}\"}}]");
  }

  @Test
  void half_characters_are_joined_across_frames_and_replaced_when_alone() {
    provider.streams(
        """
        data: {"choices":[{"delta":{"content":"\\ud83d"}}]}

        data: {"choices":[{"delta":{"content":"\\ude00 \\ud83d \\u0000"},"finish_reason":"stop"}]}

        """);

    assertThat(provider.askAndComplete().result().content())
        .isEqualTo("\uD83D\uDE00 \uFFFD \uFFFD");
  }

  @Test
  void choices_may_be_counted_from_one() {
    provider.streams((HELLO + STOP + DONE).replace("\"index\":0", "\"index\":1"));

    assertThat(provider.askAndComplete().result().content()).isEqualTo(" Hello");
  }

  @Test
  void choices_may_be_counted_with_the_frames() {
    provider.streams(
        """
        data:{"choices":[{"index":1,"delta":{"role":"assistant","content":" Hel"},"finish_reason":null}]}

        data:{"choices":[{"index":2,"delta":{"role":"assistant","content":"lo"},"finish_reason":null}]}

        data:{"choices":[{"index":3,"delta":{"role":"assistant","content":"!"},"finish_reason":"length"}]}

        """
            + DONE);

    var result = provider.askAndComplete().result();
    assertThat(result.content()).isEqualTo(" Hello!");
    assertThat(result.finishReason()).isEqualTo("length");
  }

  @Test
  void of_several_choices_in_a_frame_only_the_first_is_taken() {
    provider.streams(
        """
        data: {"choices":[{"index":0,"delta":{"content":" Hel"}},{"index":1,"delta":{"content":" Good"}}]}

        data: {"choices":[{"index":0,"delta":{"content":"lo"}},{"index":1,"delta":{"content":"bye"}}]}

        """
            + STOP
            + DONE);

    assertThat(provider.askAndComplete().result().content()).isEqualTo(" Hello");
  }
}
