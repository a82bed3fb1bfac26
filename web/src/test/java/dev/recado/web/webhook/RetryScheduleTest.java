package dev.recado.web.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.delivery.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final double MIDDLE = 0.5;

  private static Reply answered(int status) {
    return new Reply.Answered(status, Duration.ZERO);
  }

  private static Verdict verdict(Reply reply, int round) {
    return RetrySchedule.verdict(reply, round, NOW, MIDDLE);
  }

  private static Verdict retryIn(String delay) {
    return new Verdict.RetryAt(NOW.plus(Duration.parse(delay)));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void every_2xx_is_a_delivery(int status) {
    assertThat(verdict(answered(status), 1)).isEqualTo(new Verdict.Delivered());
    assertThat(verdict(answered(status), 10)).isEqualTo(new Verdict.Delivered());
  }

  @Test
  void a_410_ends_it() {
    assertThat(verdict(answered(410), 1)).isEqualTo(new Verdict.Unwanted());
  }

  @ParameterizedTest
  @CsvSource({
    "1, PT5S",
    "2, PT5M",
    "3, PT30M",
    "4, PT2H",
    "5, PT5H",
    "6, PT10H",
    "7, PT14H",
    "8, PT20H",
    "9, PT24H"
  })
  void failures_are_tried_again_over_three_days(int round, String delay) {
    assertThat(verdict(answered(500), round)).isEqualTo(retryIn(delay));
    assertThat(verdict(new Reply.Silence("was not found"), round)).isEqualTo(retryIn(delay));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 301, 302, 307, 400, 404, 429, 500, 503})
  void after_the_tenth_try_it_is_given_up(int status) {
    assertThat(verdict(answered(status), 9)).isInstanceOf(Verdict.RetryAt.class);
    assertThat(verdict(answered(status), 10)).isEqualTo(new Verdict.GivenUp());
  }

  @ParameterizedTest
  @CsvSource({"60, PT1M", "1, PT5S", "999999999, PT24H"})
  void a_receiver_may_ask_for_more_time_but_not_for_less_or_for_ever(long asked, String delay) {
    var reply = new Reply.Answered(503, Duration.ofSeconds(asked));
    assertThat(verdict(reply, 1)).isEqualTo(retryIn(delay));
  }

  @Test
  void what_failed_together_does_not_come_back_together() {
    assertThat(RetrySchedule.verdict(answered(500), 2, NOW, 0)).isEqualTo(retryIn("PT4M"));
    assertThat(RetrySchedule.verdict(answered(500), 2, NOW, 1)).isEqualTo(retryIn("PT6M"));
  }
}
