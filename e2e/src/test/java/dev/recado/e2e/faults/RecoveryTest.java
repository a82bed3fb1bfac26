package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import dev.recado.testing.NeedsBroker;
import dev.recado.testing.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long a job waits for another worker when its own is killed, with the default lease. */
@Tag("process")
@NeedsBroker
class RecoveryTest {
  private static final int WORKERS_AT_ONCE = 3;
  private static final Duration LEASE = Duration.ofSeconds(10);

  @RegisterExtension final Harness harness = new Harness();
  private final TestBroker broker;
  private final Scale scale = Scale.configured();
  private final Random random = new Random(scale.seed());

  RecoveryTest(TestBroker broker) {
    this.broker = broker;
  }

  @Test
  void the_jobs_of_a_killed_worker_are_called_again_long_before_its_lease_is_over()
      throws Exception {
    var url = Broker.url(broker.settings());
    var cluster = new Cluster(harness, Map.of("RABBITMQ_URL", url, "RECADO_LEASE", "10s"));
    cluster.web();
    var waits = new ArrayList<Duration>();
    for (var round = 0; round < scale.rounds(); round++) {
      waits.addAll(killAll(cluster, round));
    }
    report(waits);
    // two thirds of a lease are left when its worker dies, at least
    assertThat(waits).allMatch(wait -> wait.compareTo(LEASE.dividedBy(2)) < 0);
  }

  /** Kills some workers, each at a moment of its own; how long the job of each has waited. */
  private List<Duration> killAll(Cluster cluster, int round) throws Exception {
    var doomed = new HashMap<String, RecadoProcess>();
    for (var n = 0; n < WORKERS_AT_ONCE; n++) {
      var label = "round " + round + " job " + n;
      // one slot each, so that the workers of before are full and leave it to this one
      var worker = cluster.worker(Map.of("RECADO_WORKER_CONCURRENCY", "1"));
      cluster.api().submit(label, "fake?stall=1&times=1");
      await().until(() -> cluster.model().calls(label) == 1);
      doomed.put(label, worker);
    }
    var heir = cluster.worker();
    var killed = new HashMap<String, Instant>();
    for (var victim : doomed.entrySet()) {
      Thread.sleep(random.nextInt(1_000)); // any moment between two renewals
      victim.getValue().kill();
      killed.put(victim.getKey(), Instant.now());
    }
    await()
        .atMost(LEASE.multipliedBy(2))
        .until(() -> killed.keySet().stream().allMatch(job -> cluster.model().calls(job) == 2));
    heir.kill();
    return killed.entrySet().stream()
        .map(kill -> Duration.between(kill.getValue(), cluster.model().lastCall(kill.getKey())))
        .toList();
  }

  private static void report(List<Duration> waits) {
    System.out.printf(
        Locale.ROOT,
        "FAULT recovery, default lease | kills %d | kill to second call p50 %d ms p99 %d ms max %d"
            + " ms%n",
        waits.size(),
        Figures.percentile(waits, 0.5).toMillis(),
        Figures.percentile(waits, 0.99).toMillis(),
        Figures.percentile(waits, 1).toMillis());
  }
}
