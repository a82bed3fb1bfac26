package dev.recado.web.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recado.store.StoreLoad;
import dev.recado.store.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThroughputTest {
  private static final int BACKLOG = 10_000;
  private static final int RUNNING = 64;

  private final Throughput throughput = new Throughput();
  private long now = Long.MAX_VALUE - 3_000_000_000L; // it may wrap
  private long finished;

  @Test
  void nothing_is_known_while_nothing_has_finished() {
    busySeconds(600, 0);

    assertThat(throughput.isKnown()).isFalse();
  }

  @Test
  void a_steady_pace_is_found() {
    busySeconds(5, 40);

    assertThat(throughput.perSecond()).isCloseTo(40, within(0.1));
  }

  @Test
  void jobs_that_finish_in_bursts_are_measured_from_burst_to_burst() {
    for (var i = 0; i < 10; i++) {
      busySeconds(1, RUNNING);
      busySeconds(7, 0);
    }

    assertThat(throughput.perSecond()).isCloseTo(RUNNING / 8.0, within(0.1));
  }

  @Test
  void a_new_pace_is_followed_within_half_a_minute() {
    busySeconds(60, 10);
    busySeconds(30, 100);

    assertThat(throughput.perSecond()).isBetween(80.0, 100.0);
  }

  @Test
  void a_quiet_service_says_nothing_about_its_pace() {
    for (var i = 0; i < 60; i++) {
      sample(1, 2, Duration.ofSeconds(1), 3);
    }

    assertThat(throughput.isKnown()).isFalse();
  }

  @Test
  void jobs_that_wait_for_a_model_that_is_away_say_nothing_about_the_pace() {
    for (var i = 0; i < 10; i++) {
      sample(12, 0, Duration.ofSeconds(1), 1);
      sample(12, 1, Duration.ofSeconds(1), 0);
      sample(12, 0, Duration.ofSeconds(28), 0);
    }

    assertThat(throughput.isKnown()).isFalse();
  }

  @Test
  void what_was_known_lasts_over_a_short_quiet_time_and_no_longer() {
    busySeconds(10, 40);
    for (var i = 0; i < 50; i++) {
      sample(0, 1, Duration.ofSeconds(1), 1);
    }
    assertThat(throughput.perSecond()).isCloseTo(40, within(0.1));

    for (var i = 0; i < 20; i++) {
      sample(0, 1, Duration.ofSeconds(1), 1);
    }
    assertThat(throughput.isKnown()).isFalse();
  }

  @Test
  void an_outage_of_the_workers_is_not_taken_for_slowness() {
    busySeconds(30, 40);
    busySeconds(40, 0);
    busySeconds(1, 40);

    assertThat(throughput.perSecond()).isCloseTo(40, within(0.1));
  }

  @Test
  void slow_jobs_have_a_pace_too() {
    for (var i = 0; i < 20; i++) {
      busySeconds(1, 1);
      busySeconds(39, 0);
    }

    assertThat(throughput.perSecond()).isCloseTo(1 / 40.0, within(0.001));
  }

  @Test
  void counters_that_go_back_start_a_new_measurement() {
    busySeconds(10, 40);
    finished = 0;
    busySeconds(10, 40);

    assertThat(throughput.perSecond()).isCloseTo(40, within(0.1));
  }

  private void busySeconds(int seconds, int perSecond) {
    for (var i = 0; i < seconds; i++) {
      sample(BACKLOG, RUNNING, Duration.ofSeconds(1), perSecond);
    }
  }

  private void sample(long queued, long processing, Duration after, int more) {
    now += after.toNanos();
    finished += more;
    var accepted = finished + queued + processing;
    var waiting = new Waiting(0, queued, 0, 0);
    throughput.sample(new StoreLoad(accepted, waiting, processing, 0, 0, 0), now);
  }
}
