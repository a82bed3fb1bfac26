package dev.recado.e2e.nginx;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("nginx")
class SpoofedAddressTest {
  private static final int CONNECTIONS = 40;
  private static final int REQUESTS = 60;

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void a_client_that_names_another_address_each_time_is_still_one_client() {
    var nginx = harness.own(Nginx.before(harness.up(Map.of()).uri(), harness.folder()));

    assertThat(flood(nginx.uri())).contains("HTTP/1.1 429 ");
  }

  /** Many requests before the first answer, so that they come fast on a slow machine too. */
  private static String flood(URI edge) {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, CONNECTIONS)
              .mapToObj(i -> supplyAsync(() -> new RawHttp(edge).send(requests(i)), clients))
              .toList();
      return answers.stream().map(CompletableFuture::join).collect(Collectors.joining());
    }
  }

  private static String requests(int connection) {
    return IntStream.range(0, REQUESTS)
        .mapToObj(i ->
            """
            GET /api/ HTTP/1.1
            Host: localhost
            X-Forwarded-For: 10.0.%1$d.%2$d
            X-Real-IP: 10.1.%1$d.%2$d
            Forwarded: for=10.2.%1$d.%2$d

            """
                .replace("\n", "\r\n")
                .formatted(connection, i))
        .collect(Collectors.joining());
  }
}
