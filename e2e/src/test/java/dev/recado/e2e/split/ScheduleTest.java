package dev.recado.e2e.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import dev.recado.e2e.Lateness;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code run_at}, with the broker between web and worker. */
@Tag("process")
@Tag("broker")
@Tag("soak")
@Timeout(180)
class ScheduleTest {
  @RegisterExtension final Harness harness = new Harness();

  @Test
  void jobs_for_later_start_when_their_time_comes_and_not_before() {
    var split = new Split(harness);
    var web = split.web();
    split.worker();

    var late = Lateness.measure(web, split.model());

    System.out.printf("RUN_AT split: %s%n", late);
    assertThat(late.quantile(0)).isPositive();
    assertThat(late.quantile(0.5)).isLessThan(Duration.ofSeconds(1));
  }
}
