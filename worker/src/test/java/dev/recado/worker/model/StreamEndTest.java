package dev.recado.worker.model;

import static dev.recado.worker.model.HelloStream.DONE;
import static dev.recado.worker.model.HelloStream.HELLO;
import static dev.recado.worker.model.HelloStream.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.job.Usage;
import dev.recado.worker.model.ModelAnswer.Remedy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a stream ends, and what that makes of the answer. */
class StreamEndTest {
  @RegisterExtension final FakeProvider provider = new FakeProvider();

  @Test
  void the_end_without_a_finish_reason_is_a_truncated_answer() {
    provider.streams(HELLO);

    var refused = provider.askAndBeRefused();

    assertThat(refused.error().code()).isEqualTo(ErrorCode.PROVIDER_TIMEOUT);
    assertThat(refused.error().retryable()).isTrue();
    assertThat(refused.remedy()).isEqualTo(Remedy.RETRY);
    assertThat(refused.partial()).isNotNull();
    assertThat(refused.partial().content()).isEqualTo(" Hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"null\"", "\"\"", "false", "null"})
  void a_finish_reason_that_says_nothing_is_none(String reason) {
    provider.streams(HELLO + STOP.replace("\"stop\"", reason));

    assertThat(provider.askAndBeRefused().remedy()).isEqualTo(Remedy.RETRY);
  }

  @Test
  void a_server_that_only_pings_after_the_finish_reason_is_not_waited_for() {
    var eightSecondsOfPings = ": ping\n\n".repeat(1_000);
    provider.answers(
        FakeProvider.stream(HELLO + STOP + eightSecondsOfPings)
            .throttleBody(50, 50, TimeUnit.MILLISECONDS)
            .build());

    var began = System.nanoTime();
    var result = provider.askAndComplete().result();

    assertThat(result.content()).isEqualTo(" Hello");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void a_cut_connection_is_a_truncated_answer() {
    provider.streamsAndCuts(HELLO);

    var refused = provider.askAndBeRefused();

    assertThat(refused.remedy()).isEqualTo(Remedy.RETRY);
    assertThat(refused.partial()).isNotNull();
    assertThat(refused.partial().content()).isEqualTo(" Hello");
  }

  @Test
  void a_frame_cut_in_the_middle_is_a_truncated_answer() {
    provider.streams(HELLO + "data: {\"choices\":[{\"del");

    assertThat(provider.askAndBeRefused().remedy()).isEqualTo(Remedy.RETRY);
  }

  private static final String EARLY_STOP =
      "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
          + "\"finish_reason\":\"stop\"}]}\n\n";
  private static final String WORD = "data: {\"choices\":[{\"delta\":{\"content\":\"a \"}}]}\n\n";
  private static final String WORD_AND_STOP =
      "data: {\"choices\":[{\"delta\":{\"content\":\"a \"},\"finish_reason\":\"stop\"}]}\n\n";

  @ParameterizedTest
  @ValueSource(strings = {WORD, WORD_AND_STOP})
  void a_finish_reason_before_the_end_ends_nothing(String word) {
    var text = EARLY_STOP + word.repeat(40) + DONE;
    // Two words a moment, which is several times as long as an end may take.
    provider.answers(
        FakeProvider.stream(text)
            .throttleBody(2L * word.length(), 60, TimeUnit.MILLISECONDS)
            .build());

    assertThat(provider.askAndComplete().result().content()).isEqualTo("a ".repeat(40));
  }

  @ParameterizedTest
  @ValueSource(strings = {WORD, WORD_AND_STOP})
  void a_cut_is_a_truncated_answer_where_a_finish_reason_has_meant_nothing(String word) {
    provider.streamsAndCuts(EARLY_STOP + word.repeat(3));

    var refused = provider.askAndBeRefused();

    assertThat(refused.remedy()).isEqualTo(Remedy.RETRY);
    assertThat(refused.partial()).isNotNull();
    assertThat(refused.partial().content()).isEqualTo("a a a ");
  }

  @Test
  void an_error_is_one_where_a_finish_reason_has_meant_nothing() {
    var error = "data: {\"error\":{\"message\":\"upstream went away\",\"code\":502}}\n\n";
    provider.streams(EARLY_STOP + WORD.repeat(3) + error);

    assertThat(provider.askAndBeRefused().error().retryable()).isTrue();
  }

  @Test
  void a_finish_reason_with_each_frame_ends_the_answer_where_the_stream_ends() {
    provider.streams(WORD_AND_STOP.repeat(3));

    assertThat(provider.askAndComplete().result().content()).isEqualTo("a a a ");
  }

  @Test
  void a_cut_after_the_finish_reason_does_no_harm() {
    provider.streamsAndCuts(HELLO + STOP);

    assertThat(provider.askAndComplete().result().content()).isEqualTo(" Hello");
  }

  @Test
  void a_stream_of_comments_is_a_truncated_answer() {
    provider.streams(": one\n\n: two\n\n");

    assertThat(provider.askAndBeRefused().remedy()).isEqualTo(Remedy.RETRY);
  }

  @Test
  void done_before_any_choice_makes_no_sense() {
    provider.streams("data: {\"choices\":[]}\n\n" + DONE);

    assertThat(provider.askAndBeRefused().remedy()).isEqualTo(Remedy.RETRY_ONCE);
  }

  @Test
  void a_retry_after_on_a_success_means_nothing_even_if_the_answer_breaks() {
    provider.answers(200, HELLO, "Content-Type: text/event-stream", "Retry-After: 2");

    assertThat(provider.askAndBeRefused().retryAfter()).isNull();
  }

  @Test
  void a_frame_that_is_no_json_makes_no_sense() {
    provider.streams(HELLO + "data: {oops}\n\n" + STOP);

    var refused = provider.askAndBeRefused();
    assertThat(refused.error().code()).isEqualTo(ErrorCode.PROVIDER_BAD_RESPONSE);
    assertThat(refused.remedy()).isEqualTo(Remedy.RETRY_ONCE);
    assertThat(refused.partial()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"content_filter", "SAFETY", "content_filter: RECITATION", "BLOCKLIST"})
  void a_filtered_answer_is_no_answer_even_with_text(String reason) {
    provider.streams(HELLO + STOP.replace("stop", reason) + DONE);

    var refused = provider.askAndBeRefused();
    assertThat(refused.error().code()).isEqualTo(ErrorCode.CONTENT_FILTERED);
    assertThat(refused.remedy()).isEqualTo(Remedy.NONE);
    assertThat(refused.partial()).isNotNull();
    assertThat(refused.partial().content()).isEqualTo(" Hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "abort", "cancelled", "insufficient_system_resource"})
  void a_finish_reason_that_is_a_failure_is_one(String reason) {
    provider.streams(HELLO + STOP.replace("stop", reason) + DONE);

    assertThat(provider.askAndBeRefused().remedy()).isEqualTo(Remedy.RETRY);
  }

  @Test
  void an_empty_completion_is_a_failure_that_keeps_what_there_was() {
    provider.streams(
        """
        data: {"choices":[{"delta":{"role":"assistant","content":"","reasoning":"hmm"}}]}

        data: {"choices":[{"delta":{},"finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":9,"total_tokens":10}}

        data: [DONE]

        """);

    var refused = provider.askAndBeRefused();

    assertThat(refused.error().code()).isEqualTo(ErrorCode.EMPTY_COMPLETION);
    assertThat(refused.remedy()).isEqualTo(Remedy.NONE);
    assertThat(refused.partial()).isNotNull();
    assertThat(refused.partial().content()).isNull();
    assertThat(refused.partial().reasoning()).isEqualTo("hmm");
    assertThat(refused.partial().finishReason()).isEqualTo("length");
    assertThat(refused.partial().usage()).isEqualTo(new Usage(1L, 9L, 10L, null, null));
  }
}
