package dev.recado.e2e.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Harness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker is killed, told to stop, or stands still, with jobs in its hands. */
@Tag("process")
@Tag("broker")
class WorkerLossTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @RegisterExtension final Harness harness = new Harness();

  @Tag("soak") // RecoveryTest kills the same way
  @Test
  void the_jobs_of_a_killed_worker_finish_elsewhere_within_fifteen_seconds() {
    var split = new Split(harness);
    var client = split.web().client();
    // with the lease that an operator has who sets nothing
    var doomed = split.worker(Map.of("RECADO_LEASE", "10s"));
    var ids = submit(20, text -> client.submit(text, "fake?count=1&stall=1&times=1"));
    await().atMost(BOUND).until(() -> split.model().open() == 20);

    doomed.kill();
    var killed = Instant.now();
    // only now, or it would have taken its share of them
    split.worker(Map.of("RECADO_LEASE", "10s"));

    for (var id : ids) {
      assertThat(client.awaitDone(id, BOUND).get("status").asString()).isEqualTo("succeeded");
      assertThat(client.content(id)).isEqualTo("call 2");
    }
    var took = Duration.between(killed, Instant.now());
    System.out.printf(
        "20 jobs of a worker killed -9 finished elsewhere after %d ms%n", took.toMillis());
    assertThat(took).isLessThan(Duration.ofSeconds(15));
  }

  @Tag("soak")
  @Test
  void a_worker_told_to_stop_finishes_what_it_can() {
    var split = new Split(harness);
    var client = split.web().client();
    var worker = split.worker();
    var id = Split.submitSlow(client, "quase pronto", 3_000);
    await().atMost(BOUND).until(() -> split.model().open() == 1);

    assertThat(worker.stop()).isZero();

    assertThat(client.status(id)).isEqualTo("succeeded");
    assertThat(split.model().calls("quase pronto")).isEqualTo(1);
  }

  @Test
  @Tag("soak")
  void a_worker_told_to_stop_hands_back_what_takes_too_long_at_no_cost() {
    var split = new Split(harness);
    var client = split.web().client();
    var first = split.worker();
    var id = client.submit("demora", "fake?stall=1");
    await().atMost(BOUND).until(() -> split.model().open() == 1);

    assertThat(first.stop()).isZero();

    assertThat(client.status(id)).isEqualTo("queued");
    assertThat(split.model().open()).isZero();
    split.worker();
    client.awaitStatus(id, "processing", BOUND);
    assertThat(client.job(id).get("error").isNull()).isTrue();
    client.cancel(id);
  }

  @Tag("soak") // CrashTest strikes the same way under load
  @Test
  void what_a_worker_says_after_standing_still_is_not_believed() {
    var split = new Split(harness);
    var client = split.web().client();
    var zombie = split.worker();
    var ids = submit(10, text -> Split.submitSlow(client, text, 3_000));
    await().atMost(BOUND).until(() -> split.model().open() == 10);

    zombie.pause();
    var second = split.worker();
    ids.forEach(id -> client.awaitDone(id, BOUND));
    zombie.resume();

    await().atMost(BOUND).until(() -> zombie.log().contains("lease"));
    for (var id : ids) {
      assertThat(client.content(id)).isEqualTo("call 2");
    }
    System.out.printf(
        "of 10 late results %d were fenced%n",
        zombie.log().lines().filter(line -> line.contains("fenced")).count());
    assertThat(second.isAlive()).isTrue();
    assertThat(zombie.isAlive()).isTrue();
    var next = Split.submitSlow(client, "depois", 10);
    assertThat(client.awaitDone(next, BOUND).get("status").asString()).isEqualTo("succeeded");
  }

  private static List<String> submit(int count, UnaryOperator<String> submit) {
    return IntStream.range(0, count).mapToObj(i -> submit.apply("texto " + i)).toList();
  }
}
