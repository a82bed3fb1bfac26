package dev.recado.bench.scenario;

import static dev.recado.bench.report.Goal.atLeast;

import dev.recado.bench.machine.Contender;
import dev.recado.bench.machine.Installation;
import dev.recado.bench.machine.Pause;
import dev.recado.bench.machine.PerfTest;
import dev.recado.bench.machine.Setup;
import dev.recado.bench.report.Line;
import dev.recado.bench.report.Notebook;
import java.util.List;

/** Submits while no worker runs, and then a worker that finds them all waiting. */
final class Backlog implements Scenario {
  private static final String SUBMITS = "submits, no worker running";
  private static final String DRAIN = "drain of the backlog, the first fifth not timed";
  private static final String CEILING = "PerfTest";

  @Override
  public String title() {
    return "Submits alone, and the drain of the backlog";
  }

  @Override
  public List<String> subjects() {
    return List.of("split", "BullMQ", CEILING);
  }

  @Override
  public List<Line> lines() {
    return List.of(
        Line.of(SUBMITS, "per second", atLeast("split", 0.6, "BullMQ")),
        Line.of(
            DRAIN, "per second", atLeast("split", 0.5, "BullMQ"), atLeast("split", 0.35, CEILING)));
  }

  @Override
  public void round(Lab lab, Notebook notebook) {
    for (var contender : lab.present(Contender.SPLIT, Contender.BULLMQ)) {
      try (var installation = contender.install(lab.workplace(), Setup.echo())) {
        installation.awaitFront(installation.startFront());
        Lab.submit(installation, lab.warmUp());
        var submits = Lab.submit(installation, lab.duration());
        notebook.add(SUBMITS, contender.title(), submits.perSecond(202));
        notebook.add(DRAIN, contender.title(), drain(installation));
      }
    }
    if (PerfTest.isThere(lab.workplace())) {
      notebook.add(DRAIN, CEILING, PerfTest.messagesPerSecond(lab.workplace(), lab.duration()));
    }
  }

  /** Its first fifth is the worker's warm-up, the same for all. */
  private static double drain(Installation installation) {
    var backlog = installation.pending();
    installation.startWorker();
    Pause.until(
        "the first fifth", Installation.PATIENCE, () -> installation.pending() <= backlog * 4 / 5);
    var start = System.nanoTime();
    var left = installation.pending();
    installation.awaitDrained();
    return left * 1e9 / (System.nanoTime() - start);
  }
}
