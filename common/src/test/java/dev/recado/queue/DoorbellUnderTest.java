package dev.recado.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;

/** A doorbell of a test's own, and how to ring and hear it. */
@Timeout(60)
public interface DoorbellUnderTest {
  /** Long enough for any machine, short enough to fail a test. */
  Duration LONG = Duration.ofSeconds(20);

  /** Long enough for a ring that is there to be heard. */
  Duration SHORT = Duration.ofMillis(100);

  /** The side that rings, of a bell of this test's own. */
  TaskPublisher publisher();

  /** The side that hears. */
  TaskConsumer consumer();

  /** Some job. */
  default JobId aJob() {
    return new JobIds(Clock.systemUTC()).next();
  }

  /** Rings so many times. */
  default void ring(int times) {
    IntStream.range(0, times).forEach(i -> publisher().ring(aJob()));
  }

  /** Listens until so many rings were heard, acknowledging each. */
  default void hearAndAcknowledge(int rings) throws InterruptedException {
    assertThat(hear(rings)).isEqualTo(rings);
  }

  /** Listens until at least so many rings were heard: after trouble some come twice. */
  default void hearAtLeast(int rings) throws InterruptedException {
    assertThat(hear(rings)).isGreaterThanOrEqualTo(rings);
  }

  private int hear(int rings) throws InterruptedException {
    var deadline = System.nanoTime() + LONG.toNanos();
    var heard = 0;
    while (heard < rings && System.nanoTime() < deadline) {
      var some = consumer().await(SHORT);
      heard += some.count();
      some.acknowledge();
    }
    return heard;
  }
}
