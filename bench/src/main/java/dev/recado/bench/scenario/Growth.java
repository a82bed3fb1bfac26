package dev.recado.bench.scenario;

import dev.recado.bench.load.Request;
import dev.recado.bench.load.Tally;
import dev.recado.bench.machine.Contender;
import dev.recado.bench.report.Goal;
import dev.recado.bench.report.Line;
import dev.recado.bench.report.Notebook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Whether what clients and workers ask for takes longer the more jobs the store holds. Stores of
 * all sizes stand at once and are asked in turn, in short windows and in an order of chance: what
 * the machine does beside them meets all of them alike.
 */
final class Growth implements Scenario {
  private static final List<Integer> SIZES = List.of(1_000, 100_000, 1_000_000, 10_000_000);
  private static final String SMALLEST = subject(1_000);
  private static final double FLAT = 1.3;
  private static final int TIMES = 50;
  private static final int TIMED_WINDOWS = 20;
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final Duration WARM = Duration.ofSeconds(10); // for each question

  private static final List<Question> QUESTIONS =
      List.of(
          new Question("result of a finished job, p99", GrownServer::finished),
          new Question("result of a queued job, p99", GrownServer::queued),
          new Question("list of 20 jobs, p99", GrownServer::list),
          new Question("the queue at a glance, p99", GrownServer::queue));

  private static final List<Chore> CHORES =
      List.of(
          new Chore("claim of one job, committed, p99", server -> server.claim(TIMES)),
          new Chore("sweep, p99", server -> server.sweep(TIMES)));

  private record Chore(String title, Function<GrownServer, Histogram> times) {}

  private record Question(String title, Function<GrownServer, Supplier<Request>> requests) {
    Tally ask(GrownServer server, Duration duration) {
      return server.ask(requests.apply(server), duration);
    }
  }

  private final Map<String, GrownServer> servers = new LinkedHashMap<>();

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
    var asked = QUESTIONS.stream().map(Question::title);
    return Stream.concat(asked, CHORES.stream().map(Chore::title))
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
    if (servers.isEmpty()) {
      start(lab);
    }
    ask(lab, notebook);
  }

  private void start(Lab lab) {
    Map<String, SeededStore> stores = new LinkedHashMap<>();
    SIZES.stream()
        .filter(rows -> rows <= lab.mostRows())
        .forEach(rows -> stores.put(subject(rows), seed(lab, rows)));
    stores.forEach((subject, store) -> servers.put(subject, GrownServer.start(store, lab)));
    QUESTIONS.forEach(question -> askInTurn(question, WARM));
  }

  private static SeededStore seed(Lab lab, int rows) {
    System.out.printf("  making a store of %,d rows%n", rows);
    return SeededStore.of(lab.workplace().newFolder("rows").resolve("recado.db"), rows);
  }

  private void ask(Lab lab, Notebook notebook) {
    for (var question : QUESTIONS) {
      askInTurn(question, lab.duration())
          .forEach(
              (subject, answers) -> notebook.add(question.title(), subject, answers.millis(99)));
    }
    for (var chore : CHORES) {
      doInTurn(chore)
          .forEach((subject, times) ->
              notebook.add(chore.title(), subject, times.getValueAtPercentile(99) / 1e6));
    }
  }

  /** Asks each for so long, all told. */
  private Map<String, Tally> askInTurn(Question question, Duration duration) {
    Map<String, Tally> answers = new LinkedHashMap<>();
    inTurn(
        (int) duration.dividedBy(WINDOW),
        (subject, server) ->
            answers.computeIfAbsent(subject, _ -> new Tally()).add(question.ask(server, WINDOW)));
    return answers;
  }

  private Map<String, Histogram> doInTurn(Chore chore) {
    Map<String, Histogram> times = new LinkedHashMap<>();
    inTurn(
        TIMED_WINDOWS,
        (subject, server) ->
            times.computeIfAbsent(subject, _ -> new Histogram(3)).add(chore.times().apply(server)));
    return times;
  }

  private void inTurn(int windows, BiConsumer<String, GrownServer> window) {
    var turn = new ArrayList<>(servers.entrySet());
    for (var i = 0; i < windows; i++) {
      Collections.shuffle(turn);
      turn.forEach(server -> window.accept(server.getKey(), server.getValue()));
    }
  }

  @Override
  public void close() {
    servers.values().forEach(GrownServer::close);
  }
}
