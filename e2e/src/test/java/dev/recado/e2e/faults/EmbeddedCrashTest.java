package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code recado up}, web and worker in one, dies and comes back under load. */
@Tag("process")
class EmbeddedCrashTest {
  @RegisterExtension final Harness harness = new Harness();

  @Test
  void no_accepted_job_is_lost_when_everything_is_killed_at_once() throws Exception {
    var lease = Scale.lease().toSeconds() + "s";
    var cluster = new Cluster(harness, Map.of("RECADO_LEASE", lease));
    var fault = ProcessFault.kill("kill -9 of up", 1, cluster::up, 1);

    var figures = new FaultRun(cluster, Scale.configured()).survives(fault);

    assertThat(figures.recoveries()).as("jobs that ran when it died").isNotEmpty();
  }

  @Tag("soak") // CrashTest restarts web and worker in the same way
  @Test
  void no_job_is_run_twice_when_everything_is_restarted() throws Exception {
    var cluster = new Cluster(harness, Map.of());
    var fault = ProcessFault.restart("restart of up", cluster::up, 1);

    var figures = new FaultRun(cluster, Scale.configured()).survives(fault);

    assertThat(figures.furtherCalls()).isZero();
  }
}
