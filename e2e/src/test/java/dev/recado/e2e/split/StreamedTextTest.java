package dev.recado.e2e.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.EventStream;
import dev.recado.e2e.Harness;
import dev.recado.e2e.TokenLatency;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The text of an answer while it is given, from a worker by way of the broker to any web. */
@Tag("process")
@Tag("broker")
@Timeout(120)
class StreamedTextTest {
  @RegisterExtension final Harness harness = new Harness();

  @Test
  @Tag("soak")
  void tokens_reach_their_clients_while_the_model_speaks() {
    var split = new Split(harness);
    var web = split.web();
    split.worker();
    TokenLatency.measure(web, 8, 20, 40);

    var latency = TokenLatency.measure(web, 16, 80, 25).print("split, 16 streams");

    assertThat(latency.tokens()).isGreaterThan(16 * 40);
    assertThat(latency.quantile(0.5)).isLessThan(Duration.ofMillis(500));
  }

  @Test
  @Tag("soak")
  void a_thousand_answers_are_followed_at_once() {
    var split = new Split(harness);
    var web = split.web();
    split.worker(Map.of("RECADO_WORKER_CONCURRENCY", "1000"));

    var latency = TokenLatency.measure(web, 1_000, 40, 2).print("split, 1,000 streams");

    assertThat(latency.tokens()).isGreaterThan(10_000);
  }

  @Test
  @Tag("soak")
  void a_worker_killed_in_the_middle_of_a_word_resets_the_text_and_nothing_else() {
    var split = new Split(harness);
    var web = split.web();
    var doomed = split.worker();
    var id = web.client().submit("killed", "fake?stamp=1&tokens=60&tps=30");
    try (var stream = EventStream.of(web, id)) {
      stream.awaitText(80);
      doomed.kill();
      var halfAnswer = stream.screen();
      split.worker();

      stream.toEnd();

      assertThat(stream.names()).containsOnlyOnce("reset").endsWith("completed");
      assertThat(stream.screen()).isEqualTo(web.client().content(id));
      assertThat(stream.screen()).doesNotContain(halfAnswer);
    }
  }

  @Test
  @Tag("soak")
  void a_client_goes_on_at_another_web_with_nothing_lost_and_nothing_twice() {
    var split = new Split(harness);
    var web = split.web();
    split.worker();
    var id = web.client().submit("moved", "fake?stamp=1&tokens=60&tps=20");
    try (var before = EventStream.of(web, id)) {
      before.awaitText(80);
      web.kill();
      before.toEnd();
      var next = split.web();
      try (var after = before.resumedAt(next, id).toEnd()) {
        assertThat(after.names()).doesNotContain("reset").endsWith("completed");
        assertThat(after.screen()).startsWith(before.screen());
        assertThat(after.screen()).isEqualTo(next.client().content(id));
      }
    }
  }
}
