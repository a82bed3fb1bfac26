package dev.recado.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import dev.recado.e2e.Lateness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code run_at}, in {@code recado up}. */
@Tag("process")
@Tag("soak")
@Timeout(180)
class ScheduleTest {
  @RegisterExtension final Harness harness = new Harness();

  @Test
  void jobs_for_later_start_when_their_time_comes_and_not_before() {
    var model = harness.model();

    var late = Lateness.measure(harness.up(Map.of("MODEL_URL", model.url())), model);

    System.out.printf("RUN_AT embedded: %s%n", late);
    assertThat(late.quantile(0)).isPositive();
    // a machine with other things to do is slower; what it takes alone is in the docs
    assertThat(late.quantile(0.5)).isLessThan(Duration.ofSeconds(1));
  }
}
