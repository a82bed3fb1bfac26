package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import dev.recado.e2e.nginx.Nginx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody asks far more often than nginx lets an address ask, beside somebody who does not. */
@Tag("nginx")
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs all of 127.0.0.0/8 to be this machine")
class NoisyAddressTest {
  private static final int CLIENTS = 32;
  private static final int SUBMITS = 50;

  @RegisterExtension final Harness harness = new Harness();
  private URI edge;

  @BeforeEach
  void start() {
    edge = harness.own(Nginx.before(harness.up(Map.of()).uri(), harness.folder())).uri();
  }

  @Test
  void who_floods_is_refused_and_another_address_is_not() throws Exception {
    var refused = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    var noisy = new ConcurrentLinkedQueue<Integer>();
    Callable<Void> flood =
        () -> {
          try (var client = from("127.0.0.2")) {
            while (done.getCount() > 0) {
              var status = submit(client);
              noisy.add(status);
              if (status == 429) {
                refused.countDown();
              }
            }
            return null;
          }
        };
    List<Integer> quiet;
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var floods = Stream.generate(() -> flood).limit(CLIENTS).map(clients::submit).toList();
      try {
        refused.await();
        quiet = submitSome();
      } finally {
        done.countDown();
      }
      for (var one : floods) {
        one.get();
      }
    }

    System.out.printf(
        "FAULT noisy address | its submits %d, refused %d | the other's %d, refused %d%n",
        noisy.size(),
        noisy.stream().filter(status -> status == 429).count(),
        quiet.size(),
        quiet.stream().filter(status -> status == 429).count());
    assertThat(noisy).contains(202, 429).doesNotContain(500, 502, 503, 504);
    assertThat(quiet).hasSize(SUBMITS).containsOnly(202);
  }

  private List<Integer> submitSome() throws Exception {
    try (var client = from("127.0.0.3")) {
      var answers = new ConcurrentLinkedQueue<Integer>();
      for (var n = 0; n < SUBMITS; n++) {
        answers.add(submit(client));
      }
      return List.copyOf(answers);
    }
  }

  private static HttpClient from(String address) throws IOException {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .localAddress(InetAddress.getByName(address))
        .build();
  }

  private int submit(HttpClient client) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(edge.resolve("/api/predict"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"text\":\"hello\"}"))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }
}
