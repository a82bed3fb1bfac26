package dev.recado.e2e.memory;

import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Batches;
import dev.recado.e2e.Harness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What calls have left in the heap that waited for their model. */
@Tag("process")
@Timeout(120)
class HeapTidyingTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int CALLS = 6_000;

  /**
   * Outlived by the calls, as the young generation is by those that take seconds. The heap has room
   * for all that they leave: nothing but the program makes the collector look at it.
   */
  private static final String SMALL_YOUNG_GENERATION =
      "-XX:+UseSerialGC -XX:NewSize=4m -XX:MaxNewSize=4m -Xmx1g -Xlog:gc";

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void what_ended_calls_have_left_in_the_heap_is_collected_long_before_it_is_full() {
    var model = harness.model();
    var up =
        harness.up(
            Map.of(
                "MODEL_URL",
                model.url(),
                "RECADO_WORKER_CONCURRENCY",
                "500",
                "JDK_JAVA_OPTIONS",
                SMALL_YOUNG_GENERATION));
    var batches = new Batches(up.client());

    var calls = batches.leave(Batches.lines(CALLS, "fake?latency=300"));
    batches.awaitDone(calls, BOUND);

    await("a collection of the old generation that the program has asked for")
        .atMost(BOUND)
        .until(() -> up.log().contains("Pause Full (System.gc())"));
  }
}
