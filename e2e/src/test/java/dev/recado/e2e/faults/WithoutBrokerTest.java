package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import dev.recado.testing.FreePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A web and a worker whose broker is down from first to last. */
@Tag("process")
@Tag("soak")
class WithoutBrokerTest {
  @RegisterExtension static final Harness HARNESS = new Harness();
  private static Cluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster = new Cluster(HARNESS, Map.of("RABBITMQ_URL", Broker.url(FreePort.next())));
    var web = cluster.web();
    cluster.worker();
    assertThat(web.log()).contains("is away");
  }

  @Test
  void every_submit_is_accepted_and_every_job_runs_once() throws Exception {
    var down = Outage.of("no broker at all", Duration.ofSeconds(2), () -> {}, () -> {}, _ -> true);

    var figures = new FaultRun(cluster, Scale.configured()).survives(down);

    assertThat(figures.history().attempts()).allMatch(Attempt::acknowledged);
    assertThat(figures.furtherCalls()).isZero();
  }

  @Test
  void a_cancel_reaches_a_running_job_within_three_seconds() {
    var api = cluster.api();
    var took = new ArrayList<Duration>();
    for (var n = 0; n < Math.min(64, Scale.configured().jobs() / 10); n++) {
      var id = api.submit("cancel " + n, "fake?stall=1");
      Awaitility.await().until(() -> cluster.model().open() == 1);
      var begun = System.nanoTime();
      assertThat(api.cancel(id).statusCode()).isEqualTo(200);
      Awaitility.await()
          .pollInterval(Duration.ofMillis(5))
          .until(() -> cluster.model().open() == 0);
      took.add(Duration.ofNanos(System.nanoTime() - begun));
    }
    System.out.printf(
        "FAULT cancel without a broker | cancels %d | p50 %d ms | p99 %d ms%n",
        took.size(),
        Figures.percentile(took, 0.5).toMillis(),
        Figures.percentile(took, 0.99).toMillis());
    assertThat(Figures.percentile(took, 0.99)).isLessThan(Duration.ofSeconds(3));
  }
}
