package dev.recado.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recado.job.ClaimedJob;
import dev.recado.worker.ClaimedJobs;
import dev.recado.worker.model.ModelRequest.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateProcessorTest {
  private final GenerateProcessor generate = new GenerateProcessor();

  private static ClaimedJob job(String input) {
    return ClaimedJobs.of("generate", input);
  }

  @Test
  void the_text_is_asked_after_what_the_system_is_told_and_with_its_options() {
    var question =
        generate.ask(
            job("{\"text\":\"Hi\",\"system\":\"Be brief\",\"max_tokens\":9,\"temperature\":0.5}"));

    assertThat(question.messages())
        .containsExactly(new Message("system", "Be brief"), new Message("user", "Hi"));
    assertThat(question.maxTokens()).isEqualTo(9);
    assertThat(question.temperature()).isEqualTo(0.5);
    assertThat(question.options()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"Hi\"}",
        "{\"text\":\"Hi\",\"system\":null,\"max_tokens\":null,\"temperature\":null}",
        "{\"text\":\"Hi\",\"of_a_newer_web\":{\"text\":\"no\"}}"
      })
  void what_was_not_asked_is_not_made_up(String input) {
    var question = generate.ask(job(input));

    assertThat(question.messages()).containsExactly(new Message("user", "Hi"));
    assertThat(question.maxTokens()).isNull();
    assertThat(question.temperature()).isNull();
    assertThat(question.options()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "canary", "{\"text\":null}", "{\"text\":[\"canary\"]}"})
  void an_input_of_another_kind_is_refused_without_repeating_it(String input) {
    assertThatThrownBy(() -> generate.ask(job(input)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain("canary");
  }
}
