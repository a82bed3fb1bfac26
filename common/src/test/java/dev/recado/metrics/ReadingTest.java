package dev.recado.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger source = new AtomicInteger();

  @Test
  void gauges_that_are_asked_together_share_one_reading() {
    var reading = new Reading<>(source::incrementAndGet, now::get);

    assertThat(reading.show(Integer::doubleValue)).isEqualTo(1);
    now.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(reading.show(Integer::doubleValue)).isEqualTo(1);
    now.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(reading.show(Integer::doubleValue)).isEqualTo(2);
  }

  @Test
  void what_cannot_be_read_is_not_a_number_and_is_not_asked_again_at_once() {
    var reading =
        new Reading<Integer>(
            () -> {
              source.incrementAndGet();
              throw new IllegalStateException("away");
            },
            now::get);

    assertThat(reading.show(Integer::doubleValue)).isNaN();
    assertThat(reading.isThere()).isFalse();
    assertThat(source).hasValue(1);
  }
}
