package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitsTest {
  /** 1767323045 seconds after 1970. */
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6m0s              | PT6M",
        "2m59.56s          | PT2M59.56S",
        "1h2m3s            | PT1H2M3S",
        "7.66s             | PT7.66S",
        "20ms              | PT0.02S",
        "20.5ms            | PT0.02S",
        "24                | PT24S",
        "0.5               | PT0.5S",
        "1767323055        | PT10S",
        "1767323055.5      | PT10.5S",
        "1767323055000     | PT10S",
        "1767323035        | PT-10S",
        "soon              |",
        "''                |",
        "99999999999999999 |",
        "1h99999999999999999999m |",
      })
  void a_reset_is_a_duration_or_a_moment(String reset, Duration wait) {
    assertThat(refill("x-ratelimit-remaining-tokens: 0", "x-ratelimit-reset-tokens: " + reset))
        .isEqualTo(wait);
  }

  @ParameterizedTest
  @CsvSource({"0, PT5S", "00, PT5S", "-1, PT5S", "1,", "some,"})
  void only_a_limit_that_is_used_up_is_waited_for(String remaining, Duration wait) {
    assertThat(refill("x-ratelimit-remaining: " + remaining, "x-ratelimit-reset: 5"))
        .isEqualTo(wait);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, PT9S", "0, 7, PT5S", "7, 0, PT9S", "7, 7,"})
  void of_two_limits_the_one_that_holds_for_longer_counts(
      String requests, String tokens, Duration wait) {
    var refill =
        refill(
            "x-ratelimit-remaining-requests: " + requests,
            "x-ratelimit-reset-requests: 5s",
            "x-ratelimit-remaining-tokens: " + tokens,
            "x-ratelimit-reset-tokens: 9s");

    assertThat(refill).isEqualTo(wait);
  }

  @ParameterizedTest
  @CsvSource({
    "'ratelimit: \"api\";r=0;t=55', PT55S",
    "'ratelimit: limit=100, remaining=0, reset=50', PT50S",
    "'ratelimit: limit=100, remaining=3, reset=50',",
  })
  void one_field_may_tell_all(String header, Duration wait) {
    assertThat(refill(header)).isEqualTo(wait);
  }

  @ParameterizedTest
  @CsvSource({"x-ratelimit-reset: 5", "x-ratelimit-remaining: 0"})
  void half_of_a_pair_tells_nothing(String header) {
    assertThat(refill(header)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"'Fri, 02 Jan 2026 03:04:15 GMT', PT0S", "'Fri, 02 Jan 2026 03:04:05 GMT', PT10S"})
  void a_moment_is_held_against_the_servers_own_clock(String date, Duration wait) {
    var refill =
        refill("date: " + date, "x-ratelimit-remaining: 0", "x-ratelimit-reset: 1767323055");

    assertThat(refill).isEqualTo(wait);
  }

  private static @Nullable Duration refill(String... lines) {
    var builder = new Headers.Builder();
    for (var line : lines) {
      builder.add(line);
    }
    return RateLimits.refill(builder.build(), NOW).orElse(null);
  }
}
