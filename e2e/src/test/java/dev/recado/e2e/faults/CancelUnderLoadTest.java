package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Harness;
import dev.recado.testing.NeedsBroker;
import dev.recado.testing.PrivateBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How long a model call goes on that nobody wants any more, while others come and go. The figures
 * are printed; that they are good is asserted in the long run only, which has the machine to
 * itself.
 */
@Tag("process")
@Tag("soak")
@NeedsBroker
class CancelUnderLoadTest {
  private static final int CANCELS = Scale.configured().isLong() ? 2_000 : 200;
  private static final int AT_ONCE = 10;
  private static final Duration BOUND = Duration.ofSeconds(30);

  @RegisterExtension final Harness harness = new Harness();
  private PrivateBroker broker;
  private Cluster cluster;

  @BeforeEach
  void startCluster() {
    broker = harness.own(PrivateBroker.started());
    cluster = new Cluster(harness, Map.of("RABBITMQ_URL", Broker.url(broker.settings())));
    cluster.web();
    cluster.worker();
    cluster.worker();
    await().atMost(BOUND).until(() -> cluster.api().answers("/readyz", 200));
  }

  @Test
  void every_canceled_call_is_cut_soon() throws Exception {
    var took = cancels("cancels under load");

    assertFast(took, Duration.ofSeconds(1));
  }

  @Test
  void without_the_broker_it_is_cut_soon_as_well() throws Exception {
    broker.kill();

    var took = cancels("cancels under load without a broker");

    assertFast(took, Duration.ofSeconds(3));
  }

  private static void assertFast(List<Duration> took, Duration target) {
    assertThat(took).hasSize(CANCELS);
    if (Scale.configured().isLong()) {
      assertThat(Figures.percentile(took, 0.99)).isLessThan(target);
    }
  }

  private List<Duration> cancels(String name) throws Exception {
    var done = new CountDownLatch(1);
    var load = new LoadGenerator(cluster.api(), "load ", cluster::modelName, 80);
    try (var background = Executors.newSingleThreadExecutor()) {
      var attempts = background.submit(() -> load.run(0, () -> done.getCount() > 0));
      try {
        var took = cancelAll();
        report(name, took);
        return took;
      } finally {
        done.countDown();
        assertThat(attempts.get()).as("submits beside the cancels").isNotEmpty();
      }
    }
  }

  private List<Duration> cancelAll() throws InterruptedException {
    var cancels =
        IntStream.range(0, CANCELS)
            .mapToObj(n -> (Callable<Duration>) () -> timeToCut("unwanted " + n))
            .toList();
    try (var clients = Executors.newFixedThreadPool(AT_ONCE)) {
      return clients.invokeAll(cancels).stream().map(Future::resultNow).toList();
    }
  }

  private Duration timeToCut(String text) {
    var model = cluster.model();
    var id = cluster.api().submit(text, "fake?stall=1");
    await().atMost(BOUND).until(() -> model.calls(text) == 1);
    var asked = Instant.now();
    assertThat(cluster.api().cancel(id).statusCode()).isEqualTo(200);
    var cut = await().atMost(BOUND).until(() -> model.abandoned(text), Optional::isPresent);
    return Duration.between(asked, cut.orElseThrow());
  }

  private static void report(String name, List<Duration> took) {
    System.out.printf(
        "FAULT %s | cancels %d | p50 %d ms p99 %d ms max %d ms%n",
        name,
        took.size(),
        Figures.percentile(took, 0.5).toMillis(),
        Figures.percentile(took, 0.99).toMillis(),
        Figures.percentile(took, 1).toMillis());
  }
}
