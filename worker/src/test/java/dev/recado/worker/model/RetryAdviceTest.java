package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAdviceTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Retry-After: 7                                                       | PT7S",
        "Retry-After: 0                                                       | PT0S",
        "Retry-After: 1.5                                                     | PT1.5S",
        "Retry-After: 3600                                                    | PT2M",
        "Retry-After: Infinity                                                | PT2M",
        "Retry-After: Fri, 02 Jan 2026 03:04:35 GMT                           | PT30S",
        "Retry-After: Fri, 02 Jan 2026 03:04:00 GMT                           | PT0S",
        "Retry-After: Fri, 02 Jan 2026 05:04:35 GMT                           | PT2M",
        "Date: Fri, 02 Jan 2026 05:04:05 GMT;;Retry-After: Fri, 02 Jan 2026 05:04:15 GMT | PT10S",
        "retry-after-ms: 250;;retry-after: 9                                  | PT0.25S",
        "ratelimit: `api`;r=0;t=55                                            | PT55S",
        "ratelimit: `api`;r=12;t=55                                           |",
        "ratelimit-remaining: 0;;ratelimit-reset: 3                           | PT3S",
        "ratelimit-remaining: 597;;ratelimit-reset: 1                         |",
        "x-ratelimit-remaining-tokens: 0;;x-ratelimit-reset-tokens: 1m30s      | PT1M30S",
        "x-ratelimit-remaining-tokens: 0;;x-ratelimit-reset-tokens: 6m0s       | PT2M",
        "x-ratelimit-remaining: 0;;x-ratelimit-reset: 1767323000               | PT0S",
        "retry-after: 3;;x-ratelimit-remaining: 0;;x-ratelimit-reset: 9        | PT3S",
        "Retry-After: soon                                                    |",
        "Retry-After: -1                                                      |",
        "Retry-After: NaN                                                     |",
        "X-Other: 1                                                           |",
      })
  void the_delay_is_what_the_server_asks_for_within_reason(String headers, Duration delay) {
    assertThat(RetryAdvice.delay(headers(headers), ProviderError.saying(null), NOW))
        .isEqualTo(delay);
  }

  @Test
  void a_loading_model_says_how_long() {
    var loading = ErrorEnvelope.inBody("{\"error\":\"loading\",\"estimated_time\":20.5}");

    assertThat(RetryAdvice.delay(Headers.of(), loading, NOW)).isEqualTo(Duration.ofMillis(20_500));
    assertThat(RetryAdvice.delay(Headers.of("retry-after", "3"), loading, NOW))
        .isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @CsvSource({"34s, PT34S", "34.074824224s, PT34.074S", "'', ", "34, ", "1d, "})
  void google_says_it_among_the_details(String delay, Duration wait) {
    var error =
        ErrorEnvelope.inBody(
            "[{\"error\":{\"code\":429,\"details\":[{\"@type\":\"Help\"},{\"retryDelay\":\"%s\"}]}}]"
                .formatted(delay));

    assertThat(RetryAdvice.delay(Headers.of(), error, NOW)).isEqualTo(wait);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void a_wait_beyond_what_any_number_holds_is_a_long_one(int status) {
    provider.answers(status, "{}", "Retry-After: 99999999999999999999");

    var refused = provider.askAndBeRefused();

    assertThat(refused.error().providerStatus()).isEqualTo(status);
    assertThat(refused.remedy()).isNotEqualTo(ModelAnswer.Remedy.NONE);
    assertThat(refused.retryAfter()).isEqualTo(RetryAdvice.LONGEST);
  }

  @Test
  void a_refusal_carries_the_delay_and_the_servers_id() {
    provider.answers(429, "{}", "Retry-After: 7", "x-request-id: Root=1-abc");

    var refused = provider.askAndBeRefused();
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(refused.error().requestId()).isEqualTo("Root=1-abc");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 402, 400})
  void a_final_refusal_carries_none(int status) {
    provider.answers(status, "{}", "Retry-After: 7");

    assertThat(provider.askAndBeRefused().retryAfter()).isNull();
  }

  private static Headers headers(String lines) {
    var builder = new Headers.Builder();
    for (var line : lines.split(";;", -1)) {
      builder.add(line.strip());
    }
    return builder.build();
  }
}
