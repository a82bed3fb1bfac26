package dev.recado.bench;

import dev.recado.bench.machine.Workplace;
import dev.recado.bench.report.BarChart;
import dev.recado.bench.report.Document;
import dev.recado.bench.report.Notebook;
import dev.recado.bench.report.Surroundings;
import dev.recado.bench.report.Table;
import dev.recado.bench.scenario.Lab;
import dev.recado.bench.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs scenarios, and writes what came of them into docs/performance.md. */
final class Main {
  private static final int USAGE = 2;

  private final Path root;
  private final Options options;
  private final Lab lab;
  private final String surroundings;

  private Main(Path root, Options options, String command) {
    this.root = root;
    this.options = options;
    this.lab = new Lab(new Workplace(root), options.seconds(), options.mostRows());
    this.surroundings = new Surroundings(root, command, options.rounds()).line();
  }

  public static void main(String... arguments) throws IOException {
    var root = Path.of(System.getProperty("recado.root", ".")).toAbsolutePath().normalize();
    try {
      var options = Options.parse(arguments);
      stopWithUs();
      var command = ("bench/run " + String.join(" ", arguments)).strip();
      new Main(root, options, command).run();
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(USAGE);
    }
  }

  /** Whoever ends a run in the middle is not to be left with its servers. */
  private static void stopWithUs() {
    var stop =
        Thread.ofPlatform()
            .unstarted(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy));
    Runtime.getRuntime().addShutdownHook(stop);
  }

  private void run() throws IOException {
    for (var scenario : options.scenarios()) {
      var notebook = new Notebook();
      try (scenario) {
        measure(scenario, notebook);
      } finally {
        lab.workplace().clear();
      }
      report(scenario, notebook);
    }
  }

  private void measure(Scenario scenario, Notebook notebook) {
    for (var round = 1; round <= options.rounds(); round++) {
      System.out.printf("%s, round %d of %d%n", scenario.title(), round, options.rounds());
      scenario.round(lab, notebook);
    }
  }

  private void report(Scenario scenario, Notebook notebook) throws IOException {
    var table = new Table(scenario.subjects(), scenario.lines(), notebook).markdown();
    System.out.println("\n" + table);
    var picture = "images/performance-" + scenario.name() + ".svg";
    var chart = new BarChart(scenario.title(), scenario.subjects(), scenario.lines(), notebook);
    Files.writeString(root.resolve("docs").resolve(picture), chart.svg());
    new Document(root.resolve("docs/performance.md"))
        .fill(
            scenario.name(),
            "%n%s%n![%s](%s)%n%n%s%n".formatted(table, scenario.title(), picture, surroundings));
  }
}
