package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is heard of an answer while it comes in; that it is its beginning is checked everywhere. */
class HeardTextTest {
  private static final String DONE = "data: [DONE]\n\n";

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  private static String frame(String content) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + content + "\"}}]}\n\n";
  }

  @Test
  void every_frame_of_a_stream_is_heard_as_it_comes() {
    provider.streams(frame("Olá") + frame(", ") + frame("") + frame("você?") + DONE);
    provider.askAndComplete();
    assertThat(provider.heard()).containsExactly("Olá", ", ", "você?");
  }

  @Test
  void a_pair_that_two_frames_share_is_heard_whole() {
    provider.streams(frame("a\\ud83d") + frame("\\ude00b") + DONE);
    assertThat(provider.askAndComplete().result().content()).isEqualTo("a😀b");
    assertThat(provider.heard()).containsExactly("a", "😀b");
  }

  @Test
  void half_a_pair_and_nul_are_heard_as_they_are_kept() {
    provider.streams(frame("a\\ud83d") + frame("b\\u0000") + frame("\\ude00") + DONE);
    assertThat(provider.askAndComplete().result().content()).isEqualTo("a\uFFFDb\uFFFD\uFFFD");
    assertThat(provider.heard()).containsExactly("a", "\uFFFDb\uFFFD", "\uFFFD");
  }

  @Test
  void what_may_be_an_end_mark_is_not_heard_before_it_turns_out_to_be_none() {
    provider.streams(frame("a <") + frame("/") + frame("s") + frame("pan>") + frame("</s>") + DONE);
    assertThat(provider.askAndComplete().result().content()).isEqualTo("a </span></s>");
    assertThat(provider.heard()).containsExactly("a ", "</span>");
  }

  @Test
  void thoughts_and_documents_are_not_heard() {
    provider.streams(
        "data: {\"choices\":[{\"delta\":{\"reasoning\":\"hm\"}}]}\n\n" + frame("Yes.") + DONE);
    provider.askAndComplete();
    assertThat(provider.heard()).containsExactly("Yes.");
    provider.answersJson("{\"choices\":[{\"message\":{\"content\":\"Whole.\"}}]}");
    provider.askAndComplete();
    assertThat(provider.heard()).isEmpty();
  }
}
