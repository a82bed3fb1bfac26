package dev.recado.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundsTest {
  private static final int SECONDS = 10;

  static Stream<Supplier<Duration>> mistakes() {
    return Stream.of(
        () -> {
          throw new IllegalStateException("expected by this test");
        },
        () -> {
          throw new OutOfMemoryError("expected by this test");
        });
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void whatever_a_round_throws_another_one_follows(Supplier<Duration> mistake) throws Exception {
    var rounds = new CountDownLatch(2);
    var round =
        going(() -> {
          rounds.countDown();
          return mistake.get();
        });
    try (round) {
      round.start();

      assertThat(rounds.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  @Timeout(SECONDS)
  void a_stop_cuts_a_pause_short() throws Exception {
    var begun = new CountDownLatch(1);
    var going =
        going(() -> {
          begun.countDown();
          return Duration.ofDays(1);
        });
    going.start();
    begun.await();

    going.close();

    assertThat(going.isStopping()).isTrue();
  }

  private static Rounds going(Supplier<Duration> round) {
    return new Rounds(Thread.ofVirtual().name("rounds"), round);
  }
}
