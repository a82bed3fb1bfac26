package dev.recado.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.WorkerId;
import dev.recado.store.Lease;
import dev.recado.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockTrustTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final SettableClock clock = new SettableClock();
  private final SettableClock workersClock = new SettableClock();
  private final AtomicLong nanos = new AtomicLong(-5);
  private final ClockTrust trust = new ClockTrust(clock, nanos::get);

  @Test
  void a_clock_that_goes_as_it_should_is_trusted() {
    for (var second = 0; second < 20; second++) {
      look(renewed());

      assertThat(trust.maySweep()).isTrue();
      assertThat(trust.mayErase()).isTrue();
    }
  }

  @Test
  void after_a_step_workers_have_time_to_renew_before_any_is_taken_for_lost() {
    clock.advance(Duration.ofSeconds(30));
    workersClock.advance(Duration.ofSeconds(30));

    for (var looks = 0; looks < ClockTrust.LOOKS_TO_RENEW; looks++) {
      look(renewed());
      assertThat(trust.maySweep()).isFalse();
      assertThat(trust.mayErase()).as("half a minute makes nothing old").isTrue();
    }
    look(renewed());
    assertThat(trust.maySweep()).isTrue();
  }

  @Test
  void after_an_outage_of_the_store_workers_have_time_to_renew_as_well() {
    look(renewed());
    trust.storeWasAway();

    for (var looks = 0; looks < ClockTrust.LOOKS_TO_RENEW; looks++) {
      look(renewed());
      assertThat(trust.maySweep()).isFalse();
    }
    look(renewed());
    assertThat(trust.maySweep()).isTrue();
  }

  @Test
  void a_clock_that_is_far_off_erases_nothing_even_once_it_sweeps_again() {
    clock.advance(HOUR);
    for (var looks = 0; looks <= ClockTrust.LOOKS_TO_RENEW; looks++) {
      look();
    }

    assertThat(trust.maySweep()).isTrue();
    assertThat(trust.mayErase()).isFalse();
  }

  @Test
  void a_clock_that_a_living_worker_contradicts_is_not_trusted_until_they_agree() {
    look(renewed());
    clock.advance(HOUR);
    for (var looks = 0; looks < 2 * ClockTrust.LOOKS_TO_RENEW; looks++) {
      look(renewed());
      assertThat(trust.maySweep()).isFalse();
      assertThat(trust.mayErase()).isFalse();
    }

    workersClock.advance(HOUR);
    look(renewed());

    assertThat(trust.maySweep()).isTrue();
  }

  /** A second after the last look. */
  private void look(Lease... leases) {
    clock.advance(SECOND);
    workersClock.advance(SECOND);
    nanos.addAndGet(SECOND.toNanos());
    trust.look(List.of(leases));
  }

  private Lease renewed() {
    var now = workersClock.instant();
    return new Lease(new WorkerId("w"), now, now.plus(Duration.ofSeconds(10)));
  }
}
