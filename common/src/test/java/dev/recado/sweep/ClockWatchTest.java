package dev.recado.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.testing.SettableClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SettableClock clock = new SettableClock();
  private final AtomicLong nanos = new AtomicLong(-5);
  private final ClockWatch watch = new ClockWatch(clock, nanos::get);

  @Test
  void time_that_passes_is_no_step() {
    pass(Duration.ofDays(3));

    assertThat(watch.hasStepped(SECOND)).isFalse();
    assertThat(watch.drift()).isZero();
  }

  @Test
  void a_clock_that_is_set_has_stepped_once_and_stays_off() {
    clock.advance(Duration.ofDays(7));
    pass(SECOND);

    assertThat(watch.hasStepped(SECOND)).isTrue();
    assertThat(watch.hasStepped(SECOND)).isFalse();
    assertThat(watch.drift()).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void a_clock_that_is_set_back_has_stepped_too() {
    clock.advance(Duration.ofHours(-1));

    assertThat(watch.hasStepped(SECOND)).isTrue();
    assertThat(watch.drift()).isEqualTo(Duration.ofHours(-1));
  }

  private void pass(Duration duration) {
    clock.advance(duration);
    nanos.addAndGet(duration.toNanos());
  }
}
