package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import dev.recado.testing.NeedsBroker;
import dev.recado.testing.TestBroker;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A web and two workers on one broker; one kind of process suffers under load. */
@Tag("process")
@NeedsBroker
class CrashTest {
  @RegisterExtension final Harness harness = new Harness();
  private final TestBroker broker;
  private Cluster cluster;

  CrashTest(TestBroker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void describeCluster() {
    var url = Broker.url(broker.settings());
    // slower calls, and few slots for few jobs, so that each worker holds jobs at any time
    var scale = Scale.configured();
    var slots = scale.isLong() ? "64" : "16";
    cluster = new Cluster(harness, Map.of("RABBITMQ_URL", url, "RECADO_WORKER_CONCURRENCY", slots));
    cluster.ask("fake?repeat=1&latency=" + 2 * scale.latency().toMillis());
  }

  @Test
  void no_accepted_job_is_lost_when_web_is_killed() throws Exception {
    cluster.worker();
    cluster.worker();

    var figures = survives(ProcessFault.kill("kill -9 of web", 0, cluster::web, 1));

    assertThat(figures.furtherCalls()).isZero();
  }

  @Test
  void a_killed_workers_jobs_are_run_again_and_nobody_elses() throws Exception {
    cluster.web();

    var figures = survives(ProcessFault.kill("kill -9 of a worker", 1, cluster::worker, 2));

    assertThat(figures.recoveries()).isNotEmpty();
    assertThat(figures.history().attempts()).allMatch(Attempt::acknowledged);
  }

  @Test
  void a_worker_that_comes_back_from_the_dead_overwrites_nothing() throws Exception {
    cluster.web();
    var fault =
        ProcessFault.pause("SIGSTOP beyond the lease", Duration.ofSeconds(5), cluster::worker, 2);

    survives(fault);

    // What ends its late attempts first, the fence or the heartbeat that finds the lease gone, is
    // a matter of luck; that the lease was gone is not.
    assertThat(fault.struck()).anyMatch(worker -> worker.log().contains("had lapsed"));
  }

  @Test
  void a_rolling_restart_of_the_workers_runs_no_job_twice() throws Exception {
    cluster.web();

    var figures = survives(ProcessFault.restart("restart of workers", cluster::worker, 2));

    assertThat(figures.furtherCalls()).isZero();
    assertThat(figures.history().attempts()).allMatch(Attempt::acknowledged);
  }

  private Figures survives(Fault fault) throws Exception {
    return new FaultRun(cluster, Scale.configured()).survives(fault);
  }
}
