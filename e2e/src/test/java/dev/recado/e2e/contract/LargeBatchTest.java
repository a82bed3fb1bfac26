package dev.recado.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Batches;
import dev.recado.e2e.Harness;
import dev.recado.e2e.ProcessUse;
import dev.recado.e2e.RecadoProcess;
import dev.recado.e2e.Times;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The largest batch there may be, and those who leave a single text meanwhile. */
@Tag("process")
@Tag("soak")
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class LargeBatchTest {
  private static final int REQUESTS = 50_000;
  private static final Duration BOUND = Duration.ofMinutes(3);

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void fifty_thousand_are_taken_and_done_beside_single_texts() throws Exception {
    var up = harness.up(Map.of());
    var batches = new Batches(up.client());
    warmUp(up.client(), batches);
    var before = ProcessUse.of(up).megabytes();
    var lines = Batches.lines(REQUESTS, "echo");
    var accepting = new Times();
    var ending = new Times();

    var id = new AtomicReference<String>();
    var singlesMeanwhile = beside(up, () -> id.set(accepting.measure(() -> batches.leave(lines))));
    var singlesAfter = beside(up, () -> ending.measure(() -> batches.awaitDone(id.get(), BOUND)));
    var results = batches.results(id.get());

    assertThat(results).hasSize(REQUESTS);
    assertThat(results).allMatch(line -> line.get("status").asString().equals("succeeded"));
    System.out.printf(
        "BATCH of %d: accepted in %d ms, ended %d ms later | resident %d MB, at most %d MB"
            + " | single submits while it is accepted: %s | while it runs: %s%n",
        REQUESTS,
        accepting.quantile(1).toMillis(),
        ending.quantile(1).toMillis(),
        before,
        Math.max(singlesMeanwhile.megabytes(), singlesAfter.megabytes()),
        singlesMeanwhile.submits(),
        singlesAfter.submits());
  }

  /** The first ones meet code that was never run. */
  private static void warmUp(ApiClient api, Batches batches) {
    batches.awaitDone(batches.leave(Batches.lines(2_000, "echo")), BOUND);
    for (var n = 0; n < 500; n++) {
      api.submit("warm " + n);
    }
  }

  /**
   * What single texts found while something else went on.
   *
   * @param submits how long each took
   * @param megabytes the most that the server had
   */
  private record Beside(Times submits, int megabytes) {}

  private static Beside beside(RecadoProcess up, Runnable something) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var going = threads.submit(something);
      var beside = whileTrue(() -> !going.isDone(), up);
      going.get();
      return beside;
    }
  }

  private static Beside whileTrue(BooleanSupplier goesOn, RecadoProcess up) throws Exception {
    var api = up.client();
    var submits = new Times();
    var most = 0;
    while (goesOn.getAsBoolean()) {
      submits.measure(() -> api.submit("single"));
      most = Math.max(most, ProcessUse.of(up).megabytes());
    }
    return new Beside(submits, most);
  }
}
