package dev.recado.bench.scenario;

import dev.recado.bench.load.Load;
import dev.recado.bench.load.Pace;
import dev.recado.bench.load.Request;
import dev.recado.bench.load.Tally;
import dev.recado.bench.machine.Contender;
import dev.recado.bench.machine.Installation;
import dev.recado.bench.machine.Pause;
import dev.recado.bench.machine.Program;
import dev.recado.bench.machine.Setup;
import dev.recado.bench.report.Goal;
import dev.recado.bench.report.Line;
import dev.recado.bench.report.Notebook;
import dev.recado.job.WorkerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Whether what clients and workers ask for takes longer the more jobs the store holds. */
final class Growth implements Scenario {
  private static final List<Integer> SIZES = List.of(1_000, 100_000, 1_000_000, 10_000_000);
  private static final String SMALLEST = subject(1_000);
  private static final double FLAT = 1.3;
  private static final String FINISHED = "result of a finished job, p99";
  private static final String QUEUED = "result of a queued job, p99";
  private static final String LIST = "list of 20 jobs, p99";
  private static final String QUEUE = "the queue at a glance, p99";
  private static final String CLAIM = "claim of one job, committed, p99";
  private static final Pace EASY = Pace.of(500);
  private static final int CONNECTIONS = 8;
  private static final int CLAIMS = 200;
  // From this size on a store is examined beside the work at its start, which would be measured.
  private static final long LARGE_BYTES = 32L << 20;
  private static final Duration EXAMINATION = Duration.ofMinutes(15);

  private final Map<Integer, SeededStore> stores = new HashMap<>();

  @Override
  public String title() {
    return "Growth of the store";
  }

  @Override
  public List<String> subjects() {
    return SIZES.stream().map(Growth::subject).toList();
  }

  private static String subject(int rows) {
    return "%,d rows".formatted(rows);
  }

  @Override
  public List<Line> lines() {
    return Stream.of(FINISHED, QUEUED, LIST, QUEUE, CLAIM)
        .map(measure -> new Line(measure, "ms", goals()))
        .toList();
  }

  private static List<Goal> goals() {
    return SIZES.stream().skip(2).map(rows -> Goal.atMost(subject(rows), FLAT, SMALLEST)).toList();
  }

  @Override
  public void round(Lab lab, Notebook notebook) {
    if (lab.present(Contender.SPLIT).isEmpty()) {
      return;
    }
    for (var rows : SIZES.stream().filter(rows -> rows <= lab.mostRows()).toList()) {
      var store = stores.computeIfAbsent(rows, _ -> seed(lab, rows));
      try (var installation = Contender.splitOn(store.file(), lab.workplace(), Setup.echo())) {
        var front = installation.startFront();
        installation.awaitFront(front);
        awaitExamination(front, store);
        ask(lab, installation, store, subject(rows), notebook);
      }
      notebook.add(CLAIM, subject(rows), claimMillis(store));
    }
  }

  private static SeededStore seed(Lab lab, int rows) {
    System.out.printf("  making a store of %,d rows%n", rows);
    return SeededStore.of(lab.workplace().newFolder("rows").resolve("recado.db"), rows);
  }

  private static void awaitExamination(Program front, SeededStore store) {
    if (size(store) > LARGE_BYTES) {
      Pause.until(
          "the examination of the store", EXAMINATION, () -> front.said().contains("examined"));
    }
  }

  private static long size(SeededStore store) {
    try {
      return Files.size(store.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ask(
      Lab lab, Installation installation, SeededStore store, String subject, Notebook notebook) {
    var server = installation.uri();
    var asked =
        Map.of(
            FINISHED, any(server, store.finished()),
            QUEUED, any(server, store.queued()),
            LIST, fixed(server, "/api/jobs?limit=20"),
            QUEUE, fixed(server, "/api/queue"));
    var share = lab.warmUp().dividedBy(asked.size());
    asked.values().forEach(requests -> load(server, requests, share));
    for (var line : asked.entrySet()) {
      var answers = load(server, line.getValue(), lab.duration());
      notebook.add(line.getKey(), subject, answers.millis(99));
    }
  }

  private static Tally load(URI server, Supplier<Request> requests, Duration duration) {
    var answers = Load.run(server, requests, CONNECTIONS, EASY, duration);
    answers.requireOnly(200, 202);
    return answers;
  }

  private static Supplier<Request> fixed(URI server, String path) {
    var request = Request.get(server, path);
    return () -> request;
  }

  private static Supplier<Request> any(URI server, List<String> ids) {
    var requests = ids.stream().map(id -> Request.get(server, "/api/result/" + id)).toList();
    return () -> requests.get(ThreadLocalRandom.current().nextInt(requests.size()));
  }

  /** The jobs go back to the queue afterwards, for the next round. */
  private static double claimMillis(SeededStore seeded) {
    var times = new Histogram(3);
    try (var store = SeededStore.open(seeded.file())) {
      var worker = new WorkerId(UUID.randomUUID().toString());
      store.signOn(worker, CLAIMS, Duration.ofMinutes(10));
      for (var i = 0; i < Math.min(CLAIMS, seeded.queued().size()); i++) {
        var start = System.nanoTime();
        store.claim(worker, 1);
        times.recordValue(System.nanoTime() - start);
      }
      store.signOff(worker);
    }
    return times.getValueAtPercentile(99) / 1e6;
  }
}
