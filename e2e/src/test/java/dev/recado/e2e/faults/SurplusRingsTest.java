package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.rabbitmq.QueueAdmin;
import dev.recado.testing.NeedsBroker;
import dev.recado.testing.PrivateBroker;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody else puts messages into the task queue while jobs run. */
@Tag("process")
@Tag("soak")
@NeedsBroker
class SurplusRingsTest {
  private static final String TASKS = "task_queue";
  private static final String DEAD = "task_queue.dead";
  private static final int RINGS_EACH = 3;
  private static final int MIXED = 25;

  @RegisterExtension final Harness harness = new Harness();
  private PrivateBroker broker;
  private Cluster cluster;
  private QueueAdmin admin;

  @BeforeEach
  void startCluster() {
    broker = harness.own(PrivateBroker.started());
    admin = harness.own(new QueueAdmin(broker));
    cluster = new Cluster(harness, Map.of("RABBITMQ_URL", Broker.url(broker.settings())));
    cluster.web();
    cluster.worker();
    cluster.worker();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> broker.ctl("list_consumers").lines().filter(l -> l.contains(TASKS)).count() == 2);
  }

  @Test
  void rings_for_jobs_that_run_or_are_done_call_no_model_twice() throws Exception {
    var finished = IntStream.range(0, 20).mapToObj(n -> cluster.api().submit("done " + n)).toList();
    finished.forEach(id -> cluster.api().awaitDone(id, Duration.ofSeconds(20)));
    var forced = 10_000;
    Runnable ringAll =
        () -> {
          for (var n = 0; n < forced; n += RINGS_EACH) {
            var id = finished.get(n % finished.size());
            IntStream.range(0, RINGS_EACH).forEach(_ -> admin.put(TASKS, ring(id)));
          }
        };
    var flood =
        Outage.of("10,000 rings too many", Duration.ofMillis(500), ringAll, () -> {}, _ -> heard());

    var figures = new FaultRun(cluster, Scale.configured().striking(1)).survives(flood);

    assertThat(figures.furtherCalls()).isZero();
    assertThat(figures.history().attempts()).allMatch(Attempt::acknowledged);
    finished.forEach(id -> assertThat(cluster.api().job(id).get("attempts").asInt()).isEqualTo(1));
    assertThat(admin.ready(DEAD)).isZero();
  }

  @Test
  void rings_of_other_versions_are_heard_or_put_aside_and_never_go_round() throws Exception {
    var id = cluster.api().submit("before");
    cluster.api().awaitDone(id, Duration.ofSeconds(20));
    Runnable mixed =
        () -> {
          for (var n = 0; n < MIXED; n++) {
            admin.put(TASKS, "{\"job_id\":\"%s\",\"later\":{\"x\":[%d]}}".formatted(id, n));
            admin.put(TASKS, "{\"job_id\":\"%s\",\"version\":2,\"n\":%d}".formatted(id, n));
            admin.put(TASKS, "no ring at all, " + n);
          }
        };
    var fault =
        Outage.of("rings of two versions", Duration.ofMillis(500), mixed, () -> {}, _ -> heard());

    var figures = new FaultRun(cluster, Scale.configured().striking(1)).survives(fault);

    assertThat(figures.furtherCalls()).isZero();
    // Web counts them now and then.
    await().until(() -> ApiClient.json(cluster.api().get("/api/queue")).path("dead").asInt() > 0);
    assertThat(putAside()).hasSize(2 * MIXED).noneMatch(body -> body.contains("later"));
    assertThat(admin.ready(TASKS)).isZero();
  }

  /**
   * What this version cannot read is kept for one that can. A worker that is full gives back what
   * it has not acknowledged, so some of it may be there twice.
   */
  private Set<String> putAside() {
    var bodies = new HashSet<String>();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> {
          admin.takeText(DEAD).ifPresent(bodies::add);
          return bodies.size() == 2 * MIXED;
        });
    return bodies;
  }

  private static String ring(String id) {
    return "{\"job_id\":\"%s\"}".formatted(id);
  }

  private boolean heard() {
    await().atMost(Duration.ofSeconds(30)).until(() -> admin.ready(TASKS) == 0);
    return true;
  }
}
