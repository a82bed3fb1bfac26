package dev.recado.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * How long a token takes from the model to the client, when so many jobs are answered at once, each
 * with a client of its own. The model's tokens say when they were sent, and it lives in the test's
 * process, so both read the same clock. What was said before a client listened does not count.
 */
public final class TokenLatency {
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

  /** Leaves the jobs, follows each to its end, and holds its text against its result. */
  public static TokenLatency measure(RecadoProcess web, int jobs, int tokens, int perSecond) {
    var latency = new TokenLatency();
    var model = "fake?stamp=1&tokens=%d&tps=%d".formatted(tokens, perSecond);
    var client = web.client();
    var ids = IntStream.range(0, jobs).mapToObj(i -> client.submit("stream " + i, model)).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = ids.stream().map(id -> threads.submit(() -> latency.follow(web, id))).toList();
      done.forEach(TokenLatency::await);
    }
    return latency;
  }

  private static void await(Future<?> done) {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void follow(RecadoProcess web, String id) {
    try (var stream = EventStream.of(web, id)) {
      var listening = System.nanoTime();
      for (var event = stream.next(); event.isPresent(); event = stream.next()) {
        if (event.get().name().equals("output")) {
          hear(event.get().data().get("delta").asString(), listening);
        }
      }
      assertThat(stream.names()).endsWith("completed").doesNotContain("reset");
      assertThat(stream.screen()).isEqualTo(web.client().content(id));
    }
  }

  private void hear(String delta, long listening) {
    var now = System.nanoTime();
    Arrays.stream(delta.strip().split(" "))
        .mapToLong(Long::parseLong)
        .filter(sent -> sent - listening > 0)
        .forEach(sent -> nanos.add(now - sent));
  }

  private List<Long> sorted() {
    return nanos.stream().sorted().toList();
  }

  public int tokens() {
    return nanos.size();
  }

  /** The time that this share of the tokens took at most. */
  public Duration quantile(double share) {
    var all = sorted();
    return Duration.ofNanos(all.get((int) Math.ceil(share * all.size()) - 1));
  }

  /** Prints the figures under this name. */
  public TokenLatency print(String name) {
    System.out.printf(
        "STREAM %s: %d tokens, p50 %d ms, p99 %d ms, slowest %d ms%n",
        name,
        tokens(),
        quantile(0.5).toMillis(),
        quantile(0.99).toMillis(),
        quantile(1).toMillis());
    return this;
  }
}
