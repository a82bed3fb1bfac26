package dev.recado.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.WorkerId;
import dev.recado.store.Lease;
import dev.recado.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseWatchTest {
  private static final WorkerId WORKER = new WorkerId("w");
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final SettableClock clock = new SettableClock();
  private final SettableClock workersClock = new SettableClock();
  private final AtomicLong nanos = new AtomicLong(-5);
  private final LeaseWatch watch = new LeaseWatch(nanos::get);

  @Test
  void a_lease_that_is_renewed_and_one_that_lapses_contradict_no_clock() {
    look(renewed());
    for (var n = 0; n < 5; n++) {
      pass(Duration.ofSeconds(3));
      look(renewed());
    }
    var last = renewed();
    pass(SECOND);
    look(last);
    for (var n = 0; n < 30; n++) {
      assertThat(watch.contradicting(clock.instant())).isEmpty();
      assertThat(watch.overdue(clock.instant())).isEmpty();
      pass(SECOND);
      look(last);
    }
  }

  @Test
  void a_worker_that_renews_shows_that_a_clock_was_set_forward() {
    look(renewed());
    clock.advance(HOUR);
    pass(SECOND);
    look(renewed());

    for (var second = 1; second < LEASE.toSeconds(); second++) {
      assertThat(watch.contradicting(clock.instant())).containsExactly(WORKER);
      pass(SECOND);
    }
    assertThat(watch.contradicting(clock.instant())).as("it may be dead by now").isEmpty();
  }

  @Test
  void a_worker_that_comes_new_is_one_that_lives() {
    clock.advance(HOUR);
    watch.look(List.of());
    pass(SECOND);
    look(renewed());

    assertThat(watch.contradicting(clock.instant())).containsExactly(WORKER);
  }

  @Test
  void what_was_there_at_the_first_look_proves_nothing() {
    var before = renewed();
    clock.advance(HOUR);
    look(before);

    assertThat(watch.contradicting(clock.instant())).isEmpty();
  }

  @Test
  void a_lease_outlasts_a_clock_that_was_set_back_by_its_own_length_at_most() {
    var last = renewed();
    look(last);
    clock.advance(HOUR.negated());
    pass(LEASE.multipliedBy(2));
    look(last);
    assertThat(watch.overdue(clock.instant())).isEmpty();

    pass(SECOND);
    look(last);

    assertThat(watch.overdue(clock.instant())).containsExactly(last);
  }

  @Test
  void a_lease_that_was_renewed_since_is_not_overdue() {
    look(renewed());
    clock.advance(HOUR.negated());
    pass(LEASE.multipliedBy(3));
    look(renewed());

    assertThat(watch.overdue(clock.instant())).isEmpty();
  }

  private void look(Lease lease) {
    watch.look(List.of(lease));
  }

  private Lease renewed() {
    var now = workersClock.instant();
    return new Lease(WORKER, now, now.plus(LEASE));
  }

  private void pass(Duration duration) {
    clock.advance(duration);
    workersClock.advance(duration);
    nanos.addAndGet(duration.toNanos());
  }
}
