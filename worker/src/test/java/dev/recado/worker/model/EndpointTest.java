package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          http://127.0.0.1:9900                             , http://127.0.0.1:9900/v1/chat/completions
          http://127.0.0.1:9900/                            , http://127.0.0.1:9900/v1/chat/completions
          http://127.0.0.1:9900/v1                          , http://127.0.0.1:9900/v1/chat/completions
          http://127.0.0.1:9900/v1//                        , http://127.0.0.1:9900/v1/chat/completions
          http://127.0.0.1:9900/v1/chat/completions         , http://127.0.0.1:9900/v1/chat/completions
          http://127.0.0.1:9900/v1/chat/completions/        , http://127.0.0.1:9900/v1/chat/completions
          ' https://router.huggingface.co/v1 '              , https://router.huggingface.co/v1/chat/completions
          https://api.groq.com/openai/v1                    , https://api.groq.com/openai/v1/chat/completions
          https://x.test/v1beta/openai/                     , https://x.test/v1beta/openai/chat/completions
          https://x.test/openai/v1?api-version=2            , https://x.test/openai/v1/chat/completions?api-version=2
          https://joe:secret@x.test/v1#top                  , https://x.test/v1/chat/completions
          """)
  void the_endpoint_is_found_behind_any_form(String base, String endpoint) {
    assertThat(Endpoint.at(base).url().toString()).isEqualTo(endpoint);
  }

  @ParameterizedTest
  @CsvSource({
    "https://x.test/v1,x.test,https://x.test/v1",
    "http://x.test:8080,x.test:8080,http://x.test:8080/v1",
    "http://[::1]:8080/v1?key=secret,[::1]:8080,http://[::1]:8080/v1",
  })
  void people_see_no_secrets(String base, String host, String description) {
    assertThat(Endpoint.at(base).host()).isEqualTo(host);
    assertThat(Endpoint.at(base).describe()).isEqualTo(description);
    assertThat(Endpoint.at(base)).hasToString(description);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.0.0.1:9900", "ftp://x.test", "http://"})
  void anything_else_is_refused(String base) {
    assertThatThrownBy(() -> ModelServer.at(base, null, "m", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary\nkey", "canäry", "can ary"})
  void a_key_that_is_none_is_refused_without_repeating_it(String key) {
    assertThatThrownBy(() -> ModelServer.at("http://x.test", key, "m", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("can");
  }
}
