package dev.recado.e2e;

import static org.awaitility.Awaitility.await;

import dev.recado.e2e.model.FakeModel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** How long after its {@code run_at} a job's call reaches the model. */
public final class Lateness {
  private static final int JOBS = 1_000;
  private static final Duration APART = Duration.ofMillis(10);

  /** Time enough to leave them all before the first is due. */
  private static final Duration AHEAD = Duration.ofSeconds(20);

  private final ApiClient client;
  private final Instant first = Instant.now().plus(AHEAD).truncatedTo(ChronoUnit.MILLIS);

  private Lateness(ApiClient client) {
    this.client = client;
  }

  /** Leaves a thousand jobs for moments spread over ten seconds. */
  public static Times measure(RecadoProcess web, FakeModel model) {
    var lateness = new Lateness(web.client());
    try (var clients = Executors.newFixedThreadPool(8)) {
      IntStream.range(0, JOBS).forEach(n -> clients.execute(() -> lateness.submit(n)));
    }
    await().atMost(Duration.ofMinutes(2)).until(() -> model.calls() == JOBS);
    var times = new Times();
    for (var n = 0; n < JOBS; n++) {
      times.add(Duration.between(lateness.due(n), model.lastCall(text(n))));
    }
    return times;
  }

  private static String text(int n) {
    return "due " + n;
  }

  private Instant due(int n) {
    return first.plus(APART.multipliedBy(n));
  }

  private void submit(int n) {
    var request = Map.of("text", text(n), "model", "fake", "run_at", due(n).toString());
    client.submit(request);
  }
}
