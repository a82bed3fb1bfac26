package dev.recado.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReconnectDelayTest {
  private final ReconnectDelay delay = new ReconnectDelay();

  @Test
  void the_first_try_comes_soon() {
    assertThat(delay.next()).isLessThan(Duration.ofMillis(200));
  }

  @Test
  void no_wait_is_longer_than_three_seconds_and_hardly_two_are_the_same() {
    var waits = Stream.generate(delay::next).limit(100).toList();

    assertThat(waits).allSatisfy(wait -> assertThat(wait).isLessThan(Duration.ofSeconds(3)));
    assertThat(waits.stream().distinct().count()).isGreaterThan(90);
    assertThat(waits).anySatisfy(wait -> assertThat(wait).isGreaterThan(Duration.ofSeconds(1)));
  }

  @Test
  void a_connection_that_breaks_at_once_is_no_reason_to_hurry() {
    Stream.generate(delay::next).limit(20).forEach(wait -> delay.connected());

    var waits = Stream.generate(delay::next).limit(100).toList();

    assertThat(waits).anySatisfy(wait -> assertThat(wait).isGreaterThan(Duration.ofSeconds(1)));
  }
}
