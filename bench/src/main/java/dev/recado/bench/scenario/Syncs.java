package dev.recado.bench.scenario;

import static dev.recado.bench.report.Goal.atMost;

import dev.recado.bench.machine.Contender;
import dev.recado.bench.machine.Program;
import dev.recado.bench.machine.Setup;
import dev.recado.bench.machine.SyncCount;
import dev.recado.bench.report.Line;
import dev.recado.bench.report.Notebook;
import java.util.List;

/** What a job costs the disk while everything runs. The broker's own share is not counted. */
final class Syncs implements Scenario {
  private static final String SYNCS = "syncs to disk";
  private static final String BYTES = "bytes written";

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
    if (!SyncCount.isThere()) {
      System.out.println("  left out: there is no perf here");
      return;
    }
    for (var contender : lab.present(Contender.EMBEDDED, Contender.SPLIT)) {
      try (var installation = contender.install(lab.workplace(), Setup.echo())) {
        var programs = installation.start();
        lab.warm(installation);
        var bytes = bytes(programs);
        try (var count = SyncCount.of(programs, lab.workplace())) {
          var jobs = Lab.submit(installation, lab.duration()).total();
          installation.awaitDrained();
          notebook.add(SYNCS, contender.title(), (double) count.end() / jobs);
          notebook.add(BYTES, contender.title(), (bytes(programs) - bytes) / jobs);
        }
      }
    }
  }

  private static double bytes(List<Program> programs) {
    return programs.stream().mapToDouble(Program::writtenBytes).sum();
  }
}
