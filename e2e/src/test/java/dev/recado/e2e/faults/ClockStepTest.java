package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import dev.recado.testing.NeedsBroker;
import dev.recado.testing.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody sets the clock under running processes, and back again. Jobs have a day: one whose
 * deadline is skipped has expired, by the clock that its client was told it by.
 */
@Tag("process")
@Tag("soak")
@NeedsBroker
@EnabledIf(
    value = "dev.recado.e2e.faults.ProcessClock#canBeSet",
    disabledReason = "setting a process's clock needs Linux and a C compiler")
class ClockStepTest {
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration HOUR = Duration.ofHours(1);

  /** Long enough for leases to be looked at again, and lost if that went wrong. */
  private static final Duration AWAY = Duration.ofSeconds(16);

  private static final List<Duration> STEPS = List.of(HOUR, HOUR.negated(), Duration.ofSeconds(30));

  @RegisterExtension final Harness harness = new Harness();
  private final TestBroker broker;
  private Cluster cluster;
  private ProcessClock timeOfWeb;
  private ProcessClock timeOfOneWorker;
  private ProcessClock timeOfTheOther;
  private RecadoProcess web;
  private RecadoProcess worker;
  private RecadoProcess other;

  ClockStepTest(TestBroker broker) {
    this.broker = broker;
  }

  /** Whose clock is set. */
  enum Whose {
    WEB,
    ONE_WORKER,
    ALL
  }

  @BeforeEach
  void startCluster() {
    var settings =
        Map.of("RABBITMQ_URL", Broker.url(broker.settings()), "RECADO_JOB_DEADLINE", "24h");
    cluster = new Cluster(harness, settings);
    timeOfWeb = ProcessClock.in(harness.folder());
    timeOfOneWorker = ProcessClock.in(harness.folder());
    timeOfTheOther = ProcessClock.in(harness.folder());
    web = cluster.web(timeOfWeb.environment());
    worker = cluster.worker(timeOfOneWorker.environment());
    other = cluster.worker(timeOfTheOther.environment());
  }

  static Stream<Arguments> steps() {
    return STEPS.stream()
        .flatMap(step -> Stream.of(Whose.values()).map(whose -> Arguments.of(whose, step)));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void no_lease_is_lost_and_no_job_is_stuck_or_runs_twice(Whose whose, Duration step)
      throws Exception {
    var fault =
        Outage.of(
            "clock of %s set by %d s".formatted(whose, step.toSeconds()),
            AWAY,
            () -> set(whose, step),
            () -> set(whose, Duration.ZERO),
            _ -> log(whose).contains("The clock was set"));

    var figures = new FaultRun(cluster, Scale.configured().striking(1)).survives(fault);

    assertThat(figures.history().attempts()).allMatch(Attempt::acknowledged);
    assertThat(figures.furtherCalls()).isZero();
    assertThat(worker.log()).doesNotContain("had lapsed");
  }

  @Test
  void the_lease_of_a_worker_that_stands_still_ends_before_the_hour_has_come_again() {
    var text = "of a worker that stands still";
    cluster.api().submit(text, "fake?stall=1&times=1");
    await().until(() -> cluster.model().calls(text) == 1);
    // Whoever has it; the heir comes when both stand still. Dead ones would be seen without a
    // clock.
    worker.pause();
    other.pause();
    set(Whose.ALL, HOUR.negated());
    var set = Instant.now();
    cluster.worker(timeOfTheOther.environment());

    await().atMost(LEASE.multipliedBy(3)).until(() -> cluster.model().calls(text) == 2);

    System.out.printf(
        "FAULT clock set back by an hour after a worker stood still | lease %d s | step to second call"
            + " %d ms%n",
        LEASE.toSeconds(), Duration.between(set, Instant.now()).toMillis());
    assertThat(web.log()).contains("is taken for lost");
  }

  private void set(Whose whose, Duration step) {
    if (whose != Whose.ONE_WORKER) {
      timeOfWeb.set(step);
    }
    if (whose != Whose.WEB) {
      timeOfOneWorker.set(step);
    }
    if (whose == Whose.ALL) {
      timeOfTheOther.set(step);
    }
  }

  private String log(Whose whose) {
    return (whose == Whose.ONE_WORKER ? worker : web).log();
  }
}
