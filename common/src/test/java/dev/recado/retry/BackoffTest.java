package dev.recado.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

  @Test
  void the_ceiling_doubles_until_it_is_reached() {
    assertThat(backoff.ceiling(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.ceiling(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.ceiling(6)).isEqualTo(Duration.ofSeconds(32));
    assertThat(backoff.ceiling(7)).isEqualTo(Duration.ofSeconds(60));
    assertThat(backoff.ceiling(1_000_000)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void the_delay_is_a_share_of_the_ceiling() {
    assertThat(backoff.delay(3, 0)).isZero();
    assertThat(backoff.delay(3, 0.5)).isEqualTo(Duration.ofSeconds(2));
  }
}
