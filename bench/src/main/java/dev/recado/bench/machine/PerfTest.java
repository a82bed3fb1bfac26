package dev.recado.bench.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** RabbitMQ's own load generator: what the broker can carry at the most. */
public final class PerfTest {
  private static final Pattern RECEIVED = Pattern.compile("receiving rate avg: ([0-9]+)");
  private static final Duration GRACE = Duration.ofSeconds(60);

  private PerfTest() {}

  /** Whether this machine has it, and a broker. */
  public static boolean isThere(Workplace workplace) {
    return Files.isDirectory(workplace.perfTest()) && Workplace.has("rabbitmq-server");
  }

  /** Persistent, confirmed, acknowledged messages through a durable queue, in a second. */
  public static double messagesPerSecond(Workplace workplace, Duration duration) {
    var folder = workplace.newFolder("perf-test");
    try (var broker = new RabbitMq(workplace);
        var run = Program.start(folder, command(workplace, broker.url(), duration), Map.of())) {
      run.awaitEnd(duration.plus(GRACE));
      var rate = RECEIVED.matcher(run.said());
      if (!rate.find()) {
        throw new IllegalStateException("PerfTest told no rate:\n" + run.said());
      }
      return Double.parseDouble(rate.group(1));
    } finally {
      Workplace.delete(folder);
    }
  }

  private static List<String> command(Workplace workplace, String url, Duration duration) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var options =
        "-u perf -ad false -f persistent -c 1000 -q 500 -A 100 -s 60 -z " + duration.toSeconds();
    var classes = workplace.perfTest() + "/*";
    var command = List.of(java, "-cp", classes, "com.rabbitmq.perf.PerfTest", "-h", url);
    return Stream.concat(command.stream(), Arrays.stream(options.split(" ", -1))).toList();
  }
}
