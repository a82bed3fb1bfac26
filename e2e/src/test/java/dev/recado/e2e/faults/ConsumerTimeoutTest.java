package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Harness;
import dev.recado.rabbitmq.QueueAdmin;
import dev.recado.testing.NeedsBroker;
import dev.recado.testing.PrivateBroker;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The broker wants each message acknowledged within a time that jobs take longer than. */
@Tag("process")
@Tag("soak")
@NeedsBroker
class ConsumerTimeoutTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(8);

  /** A word a second: the client waits for the next word for longer than that, not for ever. */
  private static final String SLOW = "fake?tps=1&tokens=25";

  private static final int JOBS = 2;

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void a_job_may_run_for_longer_than_the_brokers_consumer_timeout() {
    var broker = harness.own(PrivateBroker.started());
    broker.ctl(
        "eval", "application:set_env(rabbit, consumer_timeout, %d).".formatted(TIMEOUT.toMillis()));
    // how often it looks for messages that are late, as each channel is told when it is opened
    broker.ctl("eval", "application:set_env(rabbit, channel_tick_interval, 1000).");
    var cluster = new Cluster(harness, Map.of("RABBITMQ_URL", Broker.url(broker.settings())));
    cluster.web();
    var worker = cluster.worker(Map.of("RECADO_WORKER_CONCURRENCY", "1"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> broker.ctl("list_consumers").contains("task_queue"));
    var control = harness.own(new QueueAdmin(broker));
    control.declare("control", Map.of());
    control.put("control", "held and never acknowledged");
    control.hold("control");

    var ids =
        IntStream.range(0, JOBS).mapToObj(n -> cluster.api().submit("slow " + n, SLOW)).toList();
    var done = ids.stream().map(id -> cluster.api().awaitDone(id, Duration.ofMinutes(2))).toList();

    assertThat(control.isOpen()).as("the channel of one who is late").isFalse();
    assertThat(done)
        .allSatisfy(job -> {
          assertThat(job.get("status").asString()).isEqualTo("succeeded");
          assertThat(job.at("/metrics/run_ms").asLong()).isGreaterThan(2 * TIMEOUT.toMillis());
        });
    assertThat(worker.log()).doesNotContain("is away");
    assertThat(cluster.model().callsByPrompt().values()).hasSize(JOBS).containsOnly(1);
    System.out.printf(
        "FAULT consumer timeout of %d s | jobs of 25 s: %d | calls %d%n",
        TIMEOUT.toSeconds(), JOBS, cluster.model().calls());
  }
}
