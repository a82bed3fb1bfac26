package dev.recado.e2e.faults;

import static dev.recado.lifecycle.FailPoint.ACCEPTED;
import static dev.recado.lifecycle.FailPoint.ACKNOWLEDGED;
import static dev.recado.lifecycle.FailPoint.AFTER_COMMIT;
import static dev.recado.lifecycle.FailPoint.ANSWERED;
import static dev.recado.lifecycle.FailPoint.BEFORE_COMMIT;
import static dev.recado.lifecycle.FailPoint.CLAIMED;
import static dev.recado.lifecycle.FailPoint.DELIVERED;
import static dev.recado.lifecycle.FailPoint.MID_STREAM;
import static dev.recado.lifecycle.FailPoint.MID_SWEEP;
import static dev.recado.lifecycle.FailPoint.PUBLISHED;
import static dev.recado.lifecycle.FailPoint.RUNG;
import static dev.recado.lifecycle.FailPoint.SETTLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Harness;
import dev.recado.e2e.faults.agent.Blow;
import dev.recado.lifecycle.FailPoint;
import dev.recado.testing.NeedsBroker;
import dev.recado.testing.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes are struck between two steps, at each of the places where that could matter. */
@Tag("process")
@Tag("soak")
@NeedsBroker
@EnabledOnOs(OS.LINUX)
class FailPointTest {
  private static final List<FailPoint> OF_WEB =
      List.of(ACCEPTED, RUNG, PUBLISHED, BEFORE_COMMIT, AFTER_COMMIT);
  private static final List<FailPoint> OF_A_WORKER =
      List.of(
          DELIVERED,
          CLAIMED,
          ACKNOWLEDGED,
          MID_STREAM,
          ANSWERED,
          SETTLED,
          BEFORE_COMMIT,
          AFTER_COMMIT);

  /** Where nobody is to lose it, however slow the machine is. */
  private static final Duration LONG_LEASE = Duration.ofSeconds(10);

  private static final Duration LEASE = Duration.ofSeconds(2);

  /** Where each strike has to outlast it. */
  private static final Duration SHORT_LEASE =
      Duration.ofSeconds(Scale.configured().isLong() ? 3 : 1);

  @RegisterExtension final Harness harness = new Harness();
  private final TestBroker broker;

  FailPointTest(TestBroker broker) {
    this.broker = broker;
  }

  @Test
  void web_killed_between_any_two_steps_loses_nothing() throws Exception {
    var cluster = cluster(LONG_LEASE);
    var figures = struckWeb(cluster, "kill -9 of web at its failpoints", Blow.KILL, OF_WEB);

    assertThat(figures.furtherCalls()).isZero();
  }

  @Test
  void web_standing_still_between_any_two_steps_loses_nothing() throws Exception {
    var cluster = cluster(SHORT_LEASE);
    struckWeb(cluster, "SIGSTOP of web at its failpoints", Blow.STOP, OF_WEB);
  }

  @Test
  void web_tripping_between_any_two_steps_loses_nothing() throws Exception {
    var cluster = cluster(LONG_LEASE);
    // not after a commit: nothing can throw there
    var points = List.of(ACCEPTED, RUNG, PUBLISHED, BEFORE_COMMIT);

    struckWeb(cluster, "exceptions in web at its failpoints", Blow.TRIP, points);
  }

  @Test
  void a_worker_killed_between_any_two_steps_loses_nothing() throws Exception {
    var cluster = cluster(LEASE);
    struckWorker(cluster, "kill -9 of a worker at its failpoints", Blow.KILL, OF_A_WORKER);
  }

  @Test
  void a_worker_standing_still_between_any_two_steps_overwrites_nothing() throws Exception {
    var cluster = cluster(SHORT_LEASE);
    var fault =
        struckWorker(cluster, "SIGSTOP of a worker at its failpoints", Blow.STOP, OF_A_WORKER);

    assertThat(fault.struck())
        .filteredOn(struck -> struck.point() == ANSWERED)
        .as("those that came back with an outcome in their hands")
        .isNotEmpty()
        .allSatisfy(struck -> assertThat(struck.process().log()).contains("fenced"));
  }

  @Test
  void a_worker_tripping_between_any_two_steps_loses_nothing() throws Exception {
    var cluster = cluster(LONG_LEASE);
    var points =
        List.of(DELIVERED, CLAIMED, ACKNOWLEDGED, MID_STREAM, ANSWERED, SETTLED, BEFORE_COMMIT);

    struckWorker(cluster, "exceptions in a worker at its failpoints", Blow.TRIP, points);
  }

  @Test
  void a_sweeper_killed_between_any_two_steps_leaves_no_job_behind() throws Exception {
    var cluster = cluster(LEASE);
    var webArmed = Armed.in(harness.folder());
    var web = cluster.web(webArmed.environment());
    var worker = cluster.worker();
    // no other worker, as that one would sweep, too
    Runnable strike =
        () -> {
          webArmed.arm(MID_SWEEP, Blow.KILL);
          worker.kill();
          webArmed.awaitReached(MID_SWEEP);
          web.awaitExit(Duration.ofSeconds(10));
        };
    Runnable heal =
        () -> {
          cluster.web();
          cluster.worker();
        };
    var fault =
        Outage.of(
                "kill -9 of a worker, and of web as it sweeps",
                Duration.ofMillis(100),
                strike,
                heal,
                _ -> !web.isAlive())
            .causing(1);

    var figures = new FaultRun(cluster, Scale.configured().striking(1)).survives(fault);

    assertThat(figures.recoveries()).isNotEmpty();
  }

  @Test
  void a_workers_own_sweeper_killed_between_any_two_steps_leaves_no_job_behind() throws Exception {
    sweepingWorkerStruck("kill -9 of a worker that sweeps", Blow.KILL);
  }

  @Test
  void a_workers_own_sweeper_standing_still_leaves_no_job_behind() throws Exception {
    sweepingWorkerStruck("SIGSTOP of a worker that sweeps", Blow.STOP);
  }

  /** Web is killed with the worker whose lease lapses: it would sweep, too. */
  private void sweepingWorkerStruck(String name, Blow blow) throws Exception {
    var cluster = cluster(LEASE);
    var armed = Armed.in(harness.folder());
    var web = cluster.web();
    var sweeping = cluster.worker(armed.environment());
    var lost = cluster.worker();
    Runnable strike =
        () -> {
          armed.arm(MID_SWEEP, blow);
          web.kill();
          lost.kill();
          armed.awaitReached(MID_SWEEP);
          if (blow == Blow.KILL) {
            sweeping.awaitExit(Duration.ofSeconds(10));
          } else {
            await().until(sweeping::isStopped);
          }
        };
    Runnable heal =
        () -> {
          if (sweeping.isAlive()) {
            sweeping.resume();
          }
          cluster.web();
          cluster.worker();
        };
    var fault = Outage.of(name, Scale.beyond(LEASE), strike, heal, _ -> !lost.isAlive()).causing(2);

    var figures = new FaultRun(cluster, Scale.configured().striking(1)).survives(fault);

    assertThat(figures.recoveries()).isNotEmpty();
  }

  private Cluster cluster(Duration lease) {
    var url = Broker.url(broker.settings());
    return new Cluster(
        harness, Map.of("RABBITMQ_URL", url, "RECADO_LEASE", lease.toSeconds() + "s"));
  }

  private Figures struckWeb(Cluster cluster, String name, Blow blow, List<FailPoint> points)
      throws Exception {
    cluster.worker();
    cluster.worker();
    var fault =
        new FailPointFault(name, blow, SHORT_LEASE, points, harness.folder(), cluster::web, 1);
    return survives(cluster, fault, points.size());
  }

  private FailPointFault struckWorker(
      Cluster cluster, String name, Blow blow, List<FailPoint> points) throws Exception {
    cluster.web();
    var fault =
        new FailPointFault(name, blow, SHORT_LEASE, points, harness.folder(), cluster::worker, 2);
    survives(cluster, fault, points.size());
    return fault;
  }

  private Figures survives(Cluster cluster, FailPointFault fault, int strikes) throws Exception {
    var scale = Scale.configured();
    var enough = Math.max(strikes, scale.rounds());
    return new FaultRun(cluster, scale.striking(enough)).survives(fault);
  }
}
