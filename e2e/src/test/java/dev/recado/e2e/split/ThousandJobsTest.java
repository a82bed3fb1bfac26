package dev.recado.e2e.split;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("process")
@Tag("soak")
@Tag("broker")
class ThousandJobsTest {
  private static final int JOBS = 1_000;
  private static final Duration BOUND = Duration.ofMinutes(2);

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void a_broker_killed_in_between_costs_no_job_and_no_second_call() throws Exception {
    var split = new Split(harness);
    var web = split.web();
    split.worker();
    split.worker();
    var began = Instant.now();

    var submitting = Executors.newVirtualThreadPerTaskExecutor();
    var ids = harness.own(submitting).submit(submitAll(web));
    await().atMost(BOUND).until(() -> split.model().calls() > JOBS / 5);
    split.broker().kill();
    await().atMost(BOUND).until(() -> split.model().calls() > JOBS / 2);
    split.broker().start();

    var client = web.client();
    var states = ids.get().stream().map(id -> endOf(client, id)).toList();
    System.out.printf(
        "%d jobs, broker killed -9 and restarted: %d succeeded, %d model calls, %d ms%n",
        JOBS,
        states.stream().filter("succeeded"::equals).count(),
        split.model().calls(),
        Duration.between(began, Instant.now()).toMillis());
    assertThat(states).hasSize(JOBS).containsOnly("succeeded");
    assertThat(split.model().callsByPrompt())
        .isEqualTo(prompts().stream().collect(toMap(identity(), _ -> 1)));
  }

  /** Eight at a time: a burst that the broker's death falls into. */
  private static Callable<List<String>> submitAll(RecadoProcess web) {
    var client = web.client();
    var calls = prompts().stream().map(text -> submit(client, text)).toList();
    return () -> {
      try (var clients = Executors.newFixedThreadPool(8)) {
        return clients.invokeAll(calls).stream().map(Future::resultNow).toList();
      }
    };
  }

  private static Callable<String> submit(ApiClient client, String text) {
    return () -> client.submit(text, "fake?latency=50");
  }

  private static List<String> prompts() {
    return IntStream.range(0, JOBS).mapToObj(i -> "recado " + i).toList();
  }

  private static String endOf(ApiClient client, String id) {
    return client.awaitDone(id, BOUND).get("status").asString();
  }
}
