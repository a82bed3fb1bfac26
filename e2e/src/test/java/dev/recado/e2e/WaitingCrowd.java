package dev.recado.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.model.FakeModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Five thousand who wait for a result at once, each on a connection of its own. */
public final class WaitingCrowd {
  private static final int WAITERS = 5_000;
  private static final int JOBS = 50;
  private static final Duration SOON = Duration.ofSeconds(15);

  private final RecadoProcess web;
  private final FakeModel model;

  private WaitingCrowd(RecadoProcess web, FakeModel model) {
    this.web = web;
    this.model = model;
  }

  /** Lets them wait at this web for jobs that run, and holds what they cost to its bounds. */
  public static void tryOut(RecadoProcess web, FakeModel model, String name) throws IOException {
    new WaitingCrowd(web, model).waitFor(name);
  }

  private void waitFor(String name) throws IOException {
    var ids = submit();
    var before = ProcessUse.of(web);
    var crowd = new ArrayList<SocketChannel>();
    for (var n = 0; n < WAITERS; n++) {
      crowd.add(waiter(ids.get(n % JOBS)));
    }
    await().atMost(SOON).until(() -> openFiles() >= WAITERS);
    var during = ProcessUse.of(web);

    var client = web.client();
    ids.forEach(id -> client.awaitDone(id, Duration.ofSeconds(60)));
    var took = readAll(crowd);

    System.out.printf(
        "WAIT %s: %d waiters | threads %d, then %d | resident %d MB, then %d MB | all answered"
            + " %d ms after the last job was seen to end%n",
        name,
        WAITERS,
        before.threads(),
        during.threads(),
        before.megabytes(),
        during.megabytes(),
        took.toMillis());
    // Those that read from the store, which are bounded; not one for each who waits.
    assertThat(during.threads() - before.threads()).as("threads").isLessThan(100);
    assertThat(during.megabytes() - before.megabytes()).as("MB").isLessThan(200);
    assertThat(took).isLessThan(Duration.ofSeconds(10));
  }

  private List<String> submit() {
    var client = web.client();
    var ids =
        IntStream.range(0, JOBS)
            .mapToObj(n -> client.submit("awaited " + n, "fake?latency=20000"))
            .toList();
    await().atMost(SOON).until(() -> model.open() == JOBS);
    return ids;
  }

  private SocketChannel waiter(String id) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), web.uri().getPort());
    var waiter = SocketChannel.open(address);
    var request =
        """
        GET /api/result/%s HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Prefer: wait=45\r
        \r
        """
            .formatted(id, address.getPort());
    waiter.write(StandardCharsets.US_ASCII.encode(request));
    return waiter;
  }

  private static Duration readAll(List<SocketChannel> crowd) throws IOException {
    var begun = System.nanoTime();
    for (var waiter : crowd) {
      assertThat(firstLine(waiter)).isEqualTo("HTTP/1.1 200 OK");
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static String firstLine(SocketChannel waiter) throws IOException {
    var buffer = ByteBuffer.allocate(4_096);
    waiter.read(buffer);
    waiter.close();
    return StandardCharsets.UTF_8.decode(buffer.flip()).toString().lines().findFirst().orElse("");
  }

  /** Nearly all of them are connections. */
  private long openFiles() throws IOException {
    try (var files = Files.list(Path.of("/proc", String.valueOf(web.pid()), "fd"))) {
      return files.count();
    }
  }
}
