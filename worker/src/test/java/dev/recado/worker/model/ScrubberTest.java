package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.worker.model.ModelRequest.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {
  private static final String PROMPT = "Olá, minha senha é \"girassol\"\ne moro em Évora 日本語";

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  private static String scrub(String words) {
    return new Scrubber("konfigured.key/42", List.of(new Message("user", PROMPT))).scrub(words);
  }

  private static Scrubber scrubberOf(List<String> texts) {
    return new Scrubber(null, texts.stream().map(text -> new Message("user", text)).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Incorrect API key provided: sk-abcd****************wxyz. | Incorrect API key provided: […]",
        "token hf_AbCdEf123 is bad | token […] is bad",
        "header was Bearer abc.def-123 | header was […]",
        "key konfigured.key/42 is bad | key […] is bad",
        "at https://joe:pass@host/v1 | at https://[…]host/v1",
        "{\"api_key\":\"s3cr3t\"} | {\"api_key\":[…]}",
        "jwt eyJhbGciOi.eyJzdWIiOi.sig | jwt […]",
        "the task-list is bearer of news | the task-list is […] news",
      })
  void keys_are_taken_out(String said, String kept) {
    assertThat(scrub(said)).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad input: Olá, minha senha é \"girassol\"\ne moro em Évora 日本語",
        "bad input: Ol\\u00e1, minha senha \\u00e9 \\\"girassol\\\"\\ne moro em \\u00c9vora \\u65e5\\u672c\\u8a9e",
        "bad input: Ol\\\\u00e1, minha senha \\\\u00e9 \\\\\"girassol\\\\\"\\\\ne moro em \\\\u00c9vora \\\\u65e5\\\\u672c\\\\u8a9e",
        "bad input: Olá, minha senha é \"girassol\"   e moro em Évora 日本語",
      })
  void the_prompt_is_taken_out_however_it_is_quoted(String said) {
    assertThat(scrub(said)).isEqualTo("bad input: […]");
  }

  @Test
  void pieces_of_the_prompt_are_taken_out() {
    assertThat(scrub("near `senha é \"girassol\"` and `e moro em Évora`: no"))
        .isEqualTo("near `[…]` and `[…]`: no");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\\\"pin\\\":\\\"4711\\\",\\\"to\\\":\\\"Eve\\\"}",
        "C:\\reports\\new\\tax",
        "C:\\Users\\bob\\tax\\2026",
        "\\nu\\rho + \\alpha_{x}\\beta",
        "cut by \\\\n and \\u00e9",
      })
  void a_prompt_with_backslashes_of_its_own_is_taken_out_however_it_is_quoted(String prompt) {
    var scrubber = scrubberOf(List.of(prompt));
    var quoted = prompt.replace("\\", "\\\\").replace("\"", "\\\"");

    assertThat(scrubber.scrub("bad: " + prompt)).isEqualTo("bad: […]");
    assertThat(scrubber.scrub("bad: " + quoted)).isEqualTo("bad: […]");
  }

  @Test
  void nothing_is_left_of_texts_that_begin_alike() {
    var messages =
        List.of(
            new Message("system", "you are a gardener"), new Message("user", "you are a rosebud"));

    assertThat(new Scrubber(null, messages).scrub("bad: you are a rosebud")).isEqualTo("bad: […]");
  }

  @Test
  void a_short_prompt_is_taken_out_as_a_word() {
    var scrubber = new Scrubber(null, List.of(new Message("user", "is")));

    assertThat(scrubber.scrub("this is bad")).isEqualTo("this […] bad");
  }

  @Test
  @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
  void what_stands_for_a_text_is_not_taken_for_a_text_again() {
    var texts = new ArrayList<>(Collections.nCopies(37, "The"));
    Collections.nCopies(12, List.of("[", "…", "]")).forEach(texts::addAll);

    assertThat(scrubberOf(texts).scrub("The requested model … is new"))
        .isEqualTo("[…] requested model … is new");
  }

  @Test
  void short_texts_that_overlap_are_taken_out_whole() {
    var scrubber = scrubberOf(List.of("do", "do re", "re mi", "fa"));

    assertThat(scrubber.scrub("say do re mi, do-fa, fado, fa"))
        .isEqualTo("say […], […]-[…], fado, […]");
  }

  /** Each text on its own through all the words would take half a minute; together, a moment. */
  @ParameterizedTest
  @ValueSource(strings = {"m%d", "message number %d"})
  @Timeout(value = 5, threadMode = ThreadMode.SEPARATE_THREAD)
  void a_long_conversation_is_looked_for_in_one_go(String text) {
    var texts = IntStream.range(0, 3_300).mapToObj(text::formatted).toList();
    var words = "a b ".repeat(16_000) + text.formatted(1_234);

    assertThat(scrubberOf(texts).unsaid(words)).endsWith("b […]").doesNotContain("1234");
  }

  @Test
  void nothing_invisible_is_left() {
    assertThat(scrub("a\u0000b\r\nSet-Cookie: x\u202Ec\u001B[31m\u200B!"))
        .isEqualTo("a b Set-Cookie: xc [31m!");
  }

  @Test
  void the_end_is_cut_but_no_character_is_halved() {
    var scrubbed = scrub("\uD83D\uDE00".repeat(400));

    assertThat(scrubbed).hasSizeLessThanOrEqualTo(Scrubber.LONGEST).endsWith("\uD83D\uDE00…");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 422, 429, 500, 200, 302})
  void neither_key_nor_prompt_come_back_in_any_error(int status) {
    var echo =
        "{\"error\":{\"message\":\"Bearer %s said %s and %s\",\"code\":\"%s\",\"type\":\"%s\"},\"request_id\":\"%s\"}"
            .formatted(
                FakeProvider.KEY,
                FakeProvider.PROMPT,
                FakeProvider.KEY,
                FakeProvider.KEY,
                FakeProvider.PROMPT,
                FakeProvider.KEY);
    provider.answers(status, echo, "x-request-id: " + FakeProvider.KEY);

    assertThat(provider.askAndBeRefused().toString()).doesNotContain("canary", "sky blue");
  }

  @Test
  void no_description_holds_the_key() {
    var server = ModelServer.at("http://joe:canary@host:8/v1?key=canary", "canary", "m", 1);

    assertThat(server.toString()).doesNotContain("canary").contains("http://host:8/v1");
    try (var client = new OpenAiCompatibleClient(server)) {
      assertThat(client.describe()).isEqualTo("http://host:8/v1");
    }
  }

  /** Hostile ones would keep a processor busy for hours otherwise; here it takes milliseconds. */
  @ParameterizedTest
  @ValueSource(strings = {"\\", "\\u", "eyJ-", "sk-", "bearer ", "://", "secret=", "\u200b"})
  @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
  void words_that_are_long_are_read_in_one_go(String word) {
    var many = word.repeat(400_000 / word.length());

    assertThat(new Scrubber(null, List.of(new Message("user", many))).scrub(many))
        .hasSizeLessThanOrEqualTo(Scrubber.LONGEST);
  }
}
