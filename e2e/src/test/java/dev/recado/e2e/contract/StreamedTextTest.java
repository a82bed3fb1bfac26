package dev.recado.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.EventStream;
import dev.recado.e2e.Harness;
import dev.recado.e2e.TokenLatency;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The text of an answer while it is given, from {@code recado up}. */
@Tag("process")
@Timeout(120)
class StreamedTextTest {
  @RegisterExtension final Harness harness = new Harness();

  private Map<String, String> settings(int slots) {
    return Map.of(
        "MODEL_URL",
        harness.model().url(),
        "RECADO_LEASE",
        "2s",
        "RECADO_WORKER_CONCURRENCY",
        String.valueOf(slots));
  }

  @Test
  void tokens_reach_their_clients_while_the_model_speaks() {
    var up = harness.up(settings(32));
    // the first ones meet code that was never run
    TokenLatency.measure(up, 8, 20, 40);

    var latency = TokenLatency.measure(up, 16, 80, 25).print("embedded, 16 streams");

    assertThat(latency.tokens()).isGreaterThan(16 * 40);
    // a machine with other things to do is slower; what it takes alone is in the docs
    assertThat(latency.quantile(0.5)).isLessThan(Duration.ofMillis(500));
  }

  @Test
  @Tag("soak")
  void a_client_of_a_killed_server_starts_over_and_gets_the_whole_answer() {
    var settings = new HashMap<>(settings(4));
    var first = harness.up(settings);
    settings.put("RECADO_PORT", String.valueOf(first.uri().getPort()));
    var id = first.client().submit("killed", "fake?stamp=1&tokens=60&tps=30");
    try (var before = EventStream.of(first, id)) {
      before.awaitText(80);
      first.kill();
      before.toEnd();
      var second = harness.up(settings);

      try (var after = before.resumedAt(second, id).toEnd()) {
        assertThat(after.names()).containsOnlyOnce("reset").endsWith("completed");
        assertThat(after.names().indexOf("reset")).isLessThan(after.names().indexOf("output"));
        assertThat(after.screen()).isEqualTo(second.client().content(id));
        assertThat(after.screen()).doesNotContain(before.screen());
      }
    }
  }

  @Test
  void an_answer_that_is_there_at_once_is_one_event() {
    var up = harness.up(settings(4));
    var id = up.client().submit("quick", "fake?text=all%20at%20once");
    up.client().awaitDone(id, Duration.ofSeconds(20));
    try (var stream = EventStream.of(up, id).toEnd()) {
      assertThat(stream.names()).containsExactly("output", "completed");
      assertThat(stream.screen()).isEqualTo("all at once");
    }
  }

  @Test
  @Tag("soak")
  void a_thousand_answers_are_followed_at_once() {
    var up = harness.up(settings(1_000));

    var latency = TokenLatency.measure(up, 1_000, 40, 2).print("embedded, 1,000 streams");

    assertThat(latency.tokens()).isGreaterThan(10_000);
  }
}
