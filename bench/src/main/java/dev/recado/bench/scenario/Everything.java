package dev.recado.bench.scenario;

import static dev.recado.bench.report.Goal.atLeast;

import dev.recado.bench.machine.Contender;
import dev.recado.bench.machine.Setup;
import dev.recado.bench.report.Line;
import dev.recado.bench.report.Notebook;
import java.util.List;

/** Submits over 32 connections while workers, at a concurrency of 200, do the jobs. */
final class Everything implements Scenario {
  private static final String JOBS = "jobs from the first submit to the last result";
  private static final String SUBMITS = "submits accepted meanwhile";

  @Override
  public String title() {
    return "Everything running";
  }

  @Override
  public List<Line> lines() {
    return List.of(
        Line.of(
            JOBS, "per second", atLeast("embedded", 2, "BullMQ"), atLeast("split", 0.8, "BullMQ")),
        Line.of(
            SUBMITS,
            "per second",
            atLeast("embedded", 2, "BullMQ"),
            atLeast("split", 0.8, "BullMQ")));
  }

  @Override
  public void round(Lab lab, Notebook notebook) {
    for (var contender : lab.present(Contender.values())) {
      try (var installation = contender.install(lab.workplace(), Setup.echo())) {
        installation.start();
        lab.warm(installation);
        var start = System.nanoTime();
        var submits = Lab.submit(installation, lab.duration());
        installation.awaitDrained();
        var seconds = (System.nanoTime() - start) / 1e9;
        notebook.add(JOBS, contender.title(), submits.total() / seconds);
        notebook.add(SUBMITS, contender.title(), submits.perSecond(202));
      }
    }
  }
}
