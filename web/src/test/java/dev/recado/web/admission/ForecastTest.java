package dev.recado.web.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ForecastTest {
  @Test
  void a_job_waits_for_those_ahead_of_it() {
    assertThat(new Forecast(20, 64).waitBehind(100)).contains(Duration.ofSeconds(5));
  }

  @Test
  void it_ends_after_those_being_run_as_well() {
    assertThat(new Forecast(20, 60).endBehind(100)).contains(Duration.ofSeconds(8));
  }

  @Test
  void without_a_pace_nothing_is_foretold() {
    assertThat(Forecast.UNKNOWN.waitBehind(1_000_000)).isEmpty();
    assertThat(Forecast.UNKNOWN.endBehind(1_000_000)).isEmpty();
  }

  @Test
  void however_slow_it_is_the_time_is_a_time() {
    assertThat(new Forecast(1e-12, 0).waitBehind(Long.MAX_VALUE)).contains(Duration.ofDays(365));
  }
}
