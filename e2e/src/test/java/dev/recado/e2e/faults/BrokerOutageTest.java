package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import dev.recado.testing.NeedsBroker;
import dev.recado.testing.PrivateBroker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The broker fails under a web and a worker that go on: no submit is refused, no job runs twice.
 */
@Tag("process")
@NeedsBroker
class BrokerOutageTest {
  @RegisterExtension static final Harness HARNESS = new Harness();
  private static PrivateBroker broker;
  private static FaultProxy line;
  private static Cluster cluster;
  private static RecadoProcess web;
  private static RecadoProcess worker;

  @BeforeAll
  static void startCluster() {
    broker = HARNESS.own(PrivateBroker.started());
    line = HARNESS.own(FaultProxy.to(broker.settings().address().port()));
    cluster = new Cluster(HARNESS, Map.of("RABBITMQ_URL", Broker.url(line.port())));
    web = cluster.web();
    worker = cluster.worker();
  }

  /**
   * The queue may drain from the store while the links still wait before their next attempt. A
   * broker that is away already cannot be felt to go.
   */
  @BeforeEach
  void awaitTheBroker() {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() ->
            cluster.api().get("/readyz").statusCode() == 200
                && broker.ctl("list_consumers").contains("task_queue"));
  }

  @Test
  void a_killed_broker_costs_nothing() throws Exception {
    survives("kill -9 of the broker", Duration.ofMillis(500), broker::kill, broker::start);
  }

  @Tag("soak")
  @Test
  void a_broker_that_lost_its_disk_costs_nothing() throws Exception {
    Runnable wiped =
        () -> {
          broker.kill();
          broker.wipe();
        };

    survives("broker killed and wiped", Duration.ofMillis(500), wiped, broker::start);
  }

  @Test
  void a_broker_without_memory_costs_nothing() throws Exception {
    var connections = new AtomicReference<>("");
    Runnable end =
        () -> {
          connections.set(broker.ctl("list_connections", "user", "state"));
          broker.ctl("set_vm_memory_high_watermark", "0.4");
        };

    // The broker says nothing to us but that we are blocked, and we say nothing to the log.
    survives(
        Outage.of(
            "memory alarm",
            Duration.ofSeconds(3),
            () -> broker.ctl("set_vm_memory_high_watermark", "0"),
            end,
            _ -> connections.get().contains("block")));
  }

  @Test
  void a_line_to_the_broker_that_swallows_everything_costs_nothing() throws Exception {
    ails("black hole before the broker", new Ailment.Blackhole());
  }

  @Test
  void a_line_to_the_broker_that_resets_costs_nothing() throws Exception {
    ails("reset before the broker", new Ailment.Reset());
  }

  @Test
  void a_queue_deleted_under_us_costs_nothing() throws Exception {
    // the worker, which listens, always hears of it; web only if it rings before the queue is back
    survives(
        Outage.of(
            "queue deleted",
            Duration.ofMillis(500),
            () -> broker.ctl("delete_queue", "task_queue"),
            () -> {},
            _ -> worker.log().contains("ended the subscription")));
  }

  @Test
  void a_half_open_line_to_the_broker_is_noticed_by_its_silence_and_costs_nothing()
      throws Exception {
    assumeTrue(Scale.configured().isLong(), "silence is noticed after two heartbeats, 20 s");
    var noticed = new AtomicBoolean(true);
    var before = new AtomicInteger();
    Runnable onset =
        () -> {
          // one that is not back from the last strike cannot be felt to go again
          await().atMost(Duration.ofSeconds(60)).until(() -> returns() == outages());
          awaitTheBroker();
          before.set(outages());
          line.become(new Ailment.Blackhole());
        };
    Runnable end =
        () -> {
          noticed.compareAndSet(true, outages() > before.get());
          line.become(new Ailment.None());
        };
    var silence =
        Outage.of(
            "half-open line to the broker", Duration.ofSeconds(34), onset, end, _ -> noticed.get());

    survives(silence, Scale.configured().striking(3));
  }

  private static int outages() {
    return linesOfTheWorkersBell("is away");
  }

  private static int returns() {
    return linesOfTheWorkersBell("connected to");
  }

  private static int linesOfTheWorkersBell(String saying) {
    return (int)
        worker.log().lines().filter(l -> l.contains("doorbell in: ") && l.contains(saying)).count();
  }

  private static void ails(String name, Ailment ailment) throws Exception {
    var hurt = line.hurt();
    survives(
        name,
        Duration.ofSeconds(3),
        () -> line.become(ailment),
        () -> line.become(new Ailment.None()));
    assertThat(line.hurt()).isGreaterThan(hurt);
  }

  private static void survives(String name, Duration lasts, Runnable onset, Runnable end)
      throws Exception {
    var quiet = web.log().length();
    survives(Outage.of(name, lasts, onset, end, _ -> web.log().length() > quiet));
  }

  private static void survives(Outage outage) throws Exception {
    survives(outage, Scale.configured());
  }

  private static void survives(Outage outage, Scale scale) throws Exception {
    var figures = new FaultRun(cluster, scale).survives(outage);

    assertThat(figures.history().attempts()).as("submits").allMatch(Attempt::acknowledged);
    assertThat(figures.furtherCalls()).as("calls that were paid twice").isZero();
  }
}
