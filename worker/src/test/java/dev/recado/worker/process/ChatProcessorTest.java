package dev.recado.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recado.job.ClaimedJob;
import dev.recado.worker.ClaimedJobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatProcessorTest {
  private final ChatProcessor chat = new ChatProcessor();

  private static ClaimedJob job(String input) {
    return ClaimedJobs.of("chat", input);
  }

  @Test
  void the_conversation_and_its_options_are_asked_as_they_were_left() {
    var question =
        chat.ask(
            job(
                """
                {"messages":[{"role":"user","content":"Hi","name":"ana"},
                  {"role":"assistant","content":null,"tool_calls":[{"id":"c"}]}],
                 "max_tokens":9,"temperature":0.5,"top_p":0.1}\
                """));

    assertThat(question.messages()).hasSize(2);
    assertThat(question.messages().getFirst().content()).isEqualTo("Hi");
    assertThat(question.messages().getFirst().rest().toString()).isEqualTo("{\"name\":\"ana\"}");
    assertThat(question.messages().getLast().content()).isNull();
    assertThat(question.messages().getLast().rest().toString())
        .isEqualTo("{\"tool_calls\":[{\"id\":\"c\"}]}");
    assertThat(question.maxTokens()).isEqualTo(9);
    assertThat(question.temperature()).isEqualTo(0.5);
    assertThat(question.options().toString()).isEqualTo("{\"top_p\":0.1}");
  }

  @Test
  void what_was_not_asked_is_not_made_up() {
    var question = chat.ask(job("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));

    assertThat(question.maxTokens()).isNull();
    assertThat(question.temperature()).isNull();
    assertThat(question.options()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "canary", "{\"messages\":[]}", "{\"messages\":[\"canary\"]}"})
  void an_input_of_another_kind_is_refused_without_repeating_it(String input) {
    assertThatThrownBy(() -> chat.ask(job(input)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain("canary");
  }
}
