package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import dev.recado.testing.NeedsBroker;
import dev.recado.testing.TestBroker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A web and two workers on one broker; one kind of process suffers under load. */
@Tag("process")
@NeedsBroker
class CrashTest {
  /** Where nobody is to lose it. */
  private static final Duration LONG_LEASE = Duration.ofSeconds(10);

  private static final int SLOTS = Scale.configured().isLong() ? 64 : 16;

  @RegisterExtension final Harness harness = new Harness();
  private final TestBroker broker;

  CrashTest(TestBroker broker) {
    this.broker = broker;
  }

  @Test
  void no_accepted_job_is_lost_when_web_is_killed() throws Exception {
    var cluster = cluster(LONG_LEASE);
    cluster.worker();
    cluster.worker();

    var figures = survives(cluster, ProcessFault.kill("kill -9 of web", 0, cluster::web, 1));

    assertThat(figures.furtherCalls()).isZero();
  }

  @Test
  void a_killed_workers_jobs_are_run_again_and_nobody_elses() throws Exception {
    var cluster = cluster(Scale.lease());
    cluster.web();

    var figures =
        survives(cluster, ProcessFault.kill("kill -9 of a worker", 1, cluster::worker, 2));

    assertThat(figures.recoveries()).isNotEmpty();
    // in the long run, more may be offered than can be done by its deadline
    assertThat(figures.history().attempts()).allMatch(Attempt::acknowledgedUnlessQueueWasFull);
  }

  @Test
  void a_worker_that_comes_back_from_the_dead_overwrites_nothing() throws Exception {
    var cluster = cluster(Scale.lease());
    cluster.web();
    var fault =
        ProcessFault.pause(
            "SIGSTOP beyond the lease", Scale.beyond(Scale.lease()), cluster::worker, 2);

    survives(cluster, fault);
  }

  @Tag("soak")
  @Test
  void a_rolling_restart_of_the_workers_runs_no_job_twice() throws Exception {
    var cluster = cluster(LONG_LEASE);
    cluster.web();

    var figures = survives(cluster, ProcessFault.restart("restart of workers", cluster::worker, 2));

    assertThat(figures.furtherCalls()).isZero();
    assertThat(figures.history().attempts()).allMatch(Attempt::acknowledged);
  }

  @Test
  void a_restart_of_web_cuts_no_request_that_was_under_way() throws Exception {
    var cluster = cluster(LONG_LEASE);
    cluster.worker();
    cluster.worker();
    var running = new AtomicReference<>(cluster.web());
    var away = new ConcurrentLinkedQueue<Away>();
    var stopped = new AtomicLong();
    Runnable stop =
        () -> {
          stopped.set(System.nanoTime());
          assertThat(running.get().stop()).isZero();
        };
    Runnable start =
        () -> {
          running.set(cluster.web());
          away.add(new Away(stopped.get(), System.nanoTime()));
        };
    var restart =
        Outage.of("restart of web", Duration.ofMillis(100), stop, start, _ -> !away.isEmpty());

    var figures = survives(cluster, restart);

    assertThat(figures.furtherCalls()).isZero();
    // what the signal finds on its way in may be told to come again, but it is told
    assertThat(figures.history().attempts()).extracting(Attempt::status).isSubsetOf(202, 503, 0);
    assertThat(figures.history().attempts())
        .filteredOn(attempt -> attempt.status() == 0)
        .as("not answered, and not sent while web was away")
        .allMatch(attempt -> away.stream().anyMatch(time -> time.contains(attempt.begun())));
  }

  /** From the signal to the first answer of the next one, as {@link System#nanoTime}. */
  private record Away(long from, long to) {
    boolean contains(long moment) {
      return moment - from >= 0 && moment - to <= 0;
    }
  }

  /** With slower calls, of which more are open at a time than one worker has slots. */
  private Cluster cluster(Duration lease) {
    var settings =
        Map.of(
            "RABBITMQ_URL",
            Broker.url(broker.settings()),
            "RECADO_LEASE",
            lease.toSeconds() + "s",
            "RECADO_WORKER_CONCURRENCY",
            String.valueOf(SLOTS));
    var cluster = new Cluster(harness, settings);
    cluster.ask("fake?repeat=1&latency=" + 2 * Scale.configured().latency().toMillis());
    return cluster;
  }

  private static Figures survives(Cluster cluster, Fault fault) throws Exception {
    var run = new FaultRun(cluster, Scale.configured());
    // of the many strikes of a long run, some hit a worker that holds jobs in any case
    return (Scale.configured().isLong() ? run : run.strikingAt(SLOTS + 4)).survives(fault);
  }
}
