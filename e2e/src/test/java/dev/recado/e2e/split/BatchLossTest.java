package dev.recado.e2e.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Batches;
import dev.recado.e2e.Harness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A batch, or a chat, that loses somebody on its way. */
@Tag("process")
@Tag("broker")
@Tag("soak")
@Timeout(180)
class BatchLossTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int REQUESTS = 120;
  private static final int SLOTS = 8;

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void a_worker_killed_in_the_middle_costs_a_batch_no_answer() {
    var split = new Split(harness);
    var batches = new Batches(split.web().client());
    var slots = Map.of("RECADO_WORKER_CONCURRENCY", String.valueOf(SLOTS));
    var doomed = split.worker(slots);
    split.worker(slots);
    var id = batches.leave(Batches.lines(REQUESTS, "fake?count=1&latency=400"));
    await().atMost(BOUND).until(() -> batches.count(id, "succeeded") > REQUESTS / 4);

    doomed.kill();

    assertThat(batches.awaitDone(id, BOUND).get("status").asString()).isEqualTo("completed");
    assertThat(batches.count(id, "succeeded")).isEqualTo(REQUESTS);
    var results = batches.results(id);
    assertThat(results).hasSize(REQUESTS);
    assertThat(results)
        .extracting(line -> line.at("/result/content").asString())
        .containsOnly("call 1", "call 2");
    var calls = split.model().calls();
    System.out.printf("batch of %d, a worker killed: %d model calls%n", REQUESTS, calls);
    assertThat(calls).isBetween(REQUESTS, REQUESTS + SLOTS);
  }

  @Test
  void the_answer_of_a_chat_whose_web_was_killed_is_collected_at_the_next() {
    var split = new Split(harness);
    var web = split.web();
    split.worker();
    try (var answer = new Chat(web).stream("orphan", "fake?tokens=40&tps=20")) {
      answer.awaitText(6);
      web.kill();
      answer.toEnd();

      assertThat(answer.isComplete()).isFalse();
      var next = split.web().client();
      next.awaitDone(answer.job(), BOUND);
      assertThat(next.content(answer.job())).startsWith(answer.text()).endsWith(" w39");
      assertThat(split.model().calls("orphan")).isEqualTo(1);
    }
  }
}
