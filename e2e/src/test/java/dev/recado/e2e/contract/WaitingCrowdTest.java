package dev.recado.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
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
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Five thousand who wait for a result at once, each on a connection of its own. */
@Tag("process")
@Tag("soak")
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class WaitingCrowdTest {
  private static final int WAITERS = 5_000;
  private static final int JOBS = 50;

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void five_thousand_waiters_take_no_threads_and_little_memory_and_are_all_answered()
      throws Exception {
    var model = harness.model();
    var server = harness.up(Map.of("MODEL_URL", model.url()));
    var ids = new ArrayList<String>();
    for (var n = 0; n < JOBS; n++) {
      ids.add(server.client().submit("awaited " + n, "fake?latency=20000"));
    }
    await().atMost(Duration.ofSeconds(15)).until(() -> model.open() == JOBS);
    var before = Use.of(server);
    var crowd = new ArrayList<SocketChannel>();
    for (var n = 0; n < WAITERS; n++) {
      crowd.add(waiter(server, ids.get(n % JOBS)));
    }
    await().atMost(Duration.ofSeconds(15)).until(() -> established(server) >= WAITERS);
    var during = Use.of(server);

    var answered = new ArrayList<Duration>();
    ids.forEach(id -> server.client().awaitDone(id, Duration.ofSeconds(60)));
    var end = System.nanoTime();
    for (var waiter : crowd) {
      assertThat(firstLine(waiter)).isEqualTo("HTTP/1.1 200 OK");
      answered.add(Duration.ofNanos(System.nanoTime() - end));
    }

    System.out.printf(
        "WAIT %d waiters | threads %d, then %d | resident %d MB, then %d MB | all answered %d ms after"
            + " the last job was seen to end%n",
        WAITERS,
        before.threads(),
        during.threads(),
        before.megabytes(),
        during.megabytes(),
        answered.getLast().toMillis());
    // Those that read from the store, which are bounded; not one for each who waits.
    assertThat(during.threads() - before.threads()).as("threads").isLessThan(100);
    assertThat(during.megabytes() - before.megabytes()).as("MB").isLessThan(200);
    assertThat(answered.getLast()).isLessThan(Duration.ofSeconds(10));
  }

  private static SocketChannel waiter(RecadoProcess server, String id) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.uri().getPort());
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

  private static String firstLine(SocketChannel waiter) throws IOException {
    var buffer = ByteBuffer.allocate(4_096);
    waiter.read(buffer);
    waiter.close();
    return StandardCharsets.UTF_8.decode(buffer.flip()).toString().lines().findFirst().orElse("");
  }

  /** How many connections the server's process holds. */
  private static long established(RecadoProcess server) throws IOException {
    try (var files = Files.list(Path.of("/proc", String.valueOf(server.pid()), "fd"))) {
      return files.count();
    }
  }

  private record Use(int threads, int megabytes) {
    static Use of(RecadoProcess process) throws IOException {
      var lines = Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"));
      return new Use(number(lines, "Threads:"), number(lines, "VmRSS:") >> 10);
    }

    private static int number(List<String> lines, String name) {
      return lines.stream()
          .filter(line -> line.startsWith(name))
          .map(line -> Integer.parseInt(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }
  }
}
