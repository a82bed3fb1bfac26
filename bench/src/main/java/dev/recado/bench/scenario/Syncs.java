package dev.recado.bench.scenario;

import static dev.recado.bench.report.Goal.atMost;

import dev.recado.bench.machine.Contender;
import dev.recado.bench.machine.Program;
import dev.recado.bench.machine.Setup;
import dev.recado.bench.machine.Workplace;
import dev.recado.bench.report.Line;
import dev.recado.bench.report.Notebook;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a job costs the disk while everything runs. The broker's own share is not counted. */
final class Syncs implements Scenario {
  private static final String SYNCS = "syncs to disk";
  private static final String BYTES = "bytes written";
  // per cent, seconds, microseconds per call, calls, perhaps errors, name
  private static final Pattern CALLS =
      Pattern.compile("\\s*[0-9.]+\\s+[0-9.]+\\s+[0-9]+\\s+([0-9]+).*\\bf(?:data)?sync");

  @Override
  public String title() {
    return "What a job costs the disk, under load";
  }

  @Override
  public List<String> subjects() {
    return List.of("embedded", "split");
  }

  @Override
  public List<Line> lines() {
    return List.of(
        Line.of(SYNCS, "per job", atMost("embedded", 0.1), atMost("split", 0.2)),
        Line.of(BYTES, "per job"));
  }

  @Override
  public void round(Lab lab, Notebook notebook) {
    if (!Workplace.has("strace")) {
      System.out.println("  left out: there is no strace here");
      return;
    }
    for (var contender : lab.present(Contender.EMBEDDED, Contender.SPLIT)) {
      try (var installation = contender.install(lab.workplace(), Setup.countingSyncs())) {
        var programs = installation.start();
        var jobs = Lab.submit(installation, lab.duration()).total();
        installation.awaitDrained();
        var bytes = programs.stream().mapToDouble(Program::writtenBytes).sum();
        programs.forEach(Program::close);
        notebook.add(SYNCS, contender.title(), syncs(programs) / jobs);
        notebook.add(BYTES, contender.title(), bytes / jobs);
      }
    }
  }

  private static double syncs(List<Program> programs) {
    return programs.stream()
        .flatMap(program -> program.said().lines())
        .map(CALLS::matcher)
        .filter(Matcher::matches)
        .mapToDouble(call -> Double.parseDouble(call.group(1)))
        .sum();
  }
}
