package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.worker.model.ModelRequest.Message;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The longest answer wanted has two spellings; each server understands at least one. */
class LengthFieldTest {
  private static final String GOOD =
      "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}";
  private static final String OPENAI_WANTS_THE_OTHER =
      "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this model."
          + " Use 'max_completion_tokens' instead.\",\"type\":\"invalid_request_error\","
          + "\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}";
  private static final String OLD_ONE_WANTS_THE_FIRST =
      "{\"error\":{\"message\":\"Unrecognized request argument supplied: max_completion_tokens\","
          + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}";

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  private ModelAnswer ask(String model) {
    var messages = List.of(new Message("user", "Olá"));
    var request = new ModelRequest(model, messages, 256, null, "c", Duration.ofSeconds(20));
    return provider.client().call(request).await(TextListener.DEAF);
  }

  private String nextBody() throws InterruptedException {
    var body = provider.server().takeRequest().getBody();
    return body == null ? "" : body.utf8();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OPENAI_WANTS_THE_OTHER,
        "{\"error\":\"Unknown field: max_tokens\"}",
        "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"max_tokens\"],\"msg\":\"Extra inputs are not permitted\",\"input\":256}]}",
      })
  void a_server_that_refuses_one_spelling_is_asked_at_once_in_the_other(String complaint)
      throws InterruptedException {
    provider.answers(400, complaint).answersJson(GOOD);

    assertThat(ask("o-new")).isInstanceOf(ModelAnswer.Completed.class);

    assertThat(provider.calls()).isEqualTo(2);
    assertThat(nextBody()).endsWith(",\"max_tokens\":256}");
    assertThat(nextBody())
        .contains("\"stream\":true,\"stream_options\"")
        .endsWith(",\"max_completion_tokens\":256}");
  }

  @Test
  void the_spelling_is_remembered_for_this_model_and_no_other() throws InterruptedException {
    provider.answers(400, OPENAI_WANTS_THE_OTHER).answersJson(GOOD);
    ask("o-new");
    nextBody();
    nextBody();
    provider.answersJson(GOOD).answersJson(GOOD);

    ask("o-new");
    ask("another");

    assertThat(provider.calls()).isEqualTo(4);
    assertThat(nextBody()).contains("\"max_completion_tokens\":256");
    assertThat(nextBody()).contains("\"max_tokens\":256");
  }

  @Test
  void a_model_that_moved_to_an_older_server_is_asked_in_the_first_spelling_again()
      throws InterruptedException {
    provider.answers(400, OPENAI_WANTS_THE_OTHER).answersJson(GOOD);
    ask("o-new");
    nextBody();
    nextBody();
    provider.answers(400, OLD_ONE_WANTS_THE_FIRST).answersJson(GOOD).answersJson(GOOD);

    ask("o-new");
    ask("o-new");

    assertThat(provider.calls()).isEqualTo(5);
    assertThat(nextBody()).contains("\"max_completion_tokens\":256");
    assertThat(nextBody()).contains("\"max_tokens\":256");
    assertThat(nextBody()).as("remembered").contains("\"max_tokens\":256");
  }

  @Test
  void a_server_that_refuses_both_spellings_is_asked_once_in_each() {
    provider
        .answers(400, OPENAI_WANTS_THE_OTHER)
        .answers(400, OLD_ONE_WANTS_THE_FIRST)
        .answersJson(GOOD);

    var refused = (ModelAnswer.Refused) ask("stubborn");

    assertThat(provider.calls()).isEqualTo(2);
    assertThat(refused.error().code()).isEqualTo(ErrorCode.PROVIDER_BAD_REQUEST);
  }

  @Test
  void a_server_may_want_another_spelling_and_no_stream() throws InterruptedException {
    provider
        .answers(400, OPENAI_WANTS_THE_OTHER)
        .answers(
            400,
            "{\"error\":{\"message\":\"Unsupported value: 'stream' does not support true with this model.\","
                + "\"param\":\"stream\",\"code\":\"unsupported_value\"}}")
        .answersJson(GOOD);

    assertThat(ask("o-slow")).isInstanceOf(ModelAnswer.Completed.class);

    nextBody();
    nextBody();
    assertThat(nextBody()).contains("\"stream\":false").contains("\"max_completion_tokens\":256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"max_tokens is too large: 256. This model supports at most 128 completion tokens\",\"param\":\"max_tokens\",\"code\":\"invalid_value\"}}",
        "{\"error\":{\"message\":\"'max_tokens' or 'max_completion_tokens' is too large: 256.\",\"type\":\"BadRequestError\",\"code\":400}}",
        "{\"error\":{\"message\":\"Unsupported value: 'max_tokens' must be at most 128\",\"param\":\"max_tokens\",\"code\":\"unsupported_value\"}}",
        "{\"error\":{\"message\":\"Unsupported parameter: 'temperature' is not supported with this model.\",\"param\":\"temperature\",\"code\":\"unsupported_parameter\"}}",
      })
  void a_complaint_about_anything_else_is_not_asked_again(String complaint) {
    provider.answers(400, complaint).answersJson(GOOD);

    assertThat(ask("strict")).isInstanceOf(ModelAnswer.Refused.class);

    assertThat(provider.calls()).isEqualTo(1);
  }
}
