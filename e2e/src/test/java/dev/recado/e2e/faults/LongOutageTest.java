package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recado.e2e.Harness;
import dev.recado.testing.NeedsBroker;
import dev.recado.testing.PrivateBroker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What takes minutes to show. */
@Tag("process")
@NeedsBroker
class LongOutageTest {
  private static final int PER_SECOND = 100;
  private static final Duration AWAY = Duration.ofMinutes(10);

  @RegisterExtension final Harness harness = new Harness();
  private PrivateBroker broker;

  @BeforeEach
  void startBroker() {
    assumeTrue(Scale.configured().isLong());
    broker = harness.own(PrivateBroker.started());
  }

  @Test
  void submits_are_taken_as_ever_while_the_broker_is_away_for_ten_minutes() throws Exception {
    var cluster = new Cluster(harness, Map.of("RABBITMQ_URL", Broker.url(broker.settings())));
    cluster.web();
    cluster.worker();
    await().until(() -> cluster.api().answers("/readyz", 200));
    submit(cluster, "warm up ", Duration.ofSeconds(20));

    var normal = submit(cluster, "normal ", Duration.ofMinutes(2));
    broker.kill();
    var without = submit(cluster, "without ", AWAY);
    var ratio = p99(without).toNanos() / (double) p99(normal).toNanos();

    System.out.printf(
        Locale.ROOT,
        "FAULT broker away for %d min | normal: accepted %d p50 %d p99 %d ms | away: sent %d"
            + " accepted %d p50 %d p99 %d ms | ratio %.2f%n",
        AWAY.toMinutes(),
        normal.size(),
        p50(normal).toMillis(),
        p99(normal).toMillis(),
        without.size(),
        without.stream().filter(Attempt::acknowledged).count(),
        p50(without).toMillis(),
        p99(without).toMillis(),
        ratio);
    assertThat(without).allMatch(Attempt::acknowledged);
  }

  private static List<Attempt> submit(Cluster cluster, String prefix, Duration during)
      throws InterruptedException {
    var end = System.nanoTime() + during.toNanos();
    return new LoadGenerator(cluster.api(), prefix, cluster::modelName, PER_SECOND)
        .run(0, () -> System.nanoTime() - end < 0);
  }

  private static Duration p50(List<Attempt> attempts) {
    return Figures.percentile(attempts.stream().map(Attempt::took).toList(), 0.5);
  }

  private static Duration p99(List<Attempt> attempts) {
    return Figures.percentile(attempts.stream().map(Attempt::took).toList(), 0.99);
  }
}
