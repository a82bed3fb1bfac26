package dev.recado.bench.scenario;

import static dev.recado.bench.report.Goal.atMost;

import dev.recado.bench.load.Load;
import dev.recado.bench.load.Pace;
import dev.recado.bench.load.Request;
import dev.recado.bench.machine.Contender;
import dev.recado.bench.machine.FakeModel;
import dev.recado.bench.machine.Installation;
import dev.recado.bench.machine.Setup;
import dev.recado.bench.report.Line;
import dev.recado.bench.report.Notebook;
import java.time.Duration;
import java.util.List;

/** Many calls in flight at once: 6,000 jobs of 2 seconds, 2,000 at a time, in one worker. */
final class Slow implements Scenario {
  private static final int JOBS = 6_000;
  private static final int CONCURRENCY = 2_000;
  private static final int CLIENTS = 32;
  private static final int PER_SECOND = 10_000;
  private static final String TIME = "first call to last result (6.0 would be ideal)";
  private static final String MEMORY = "the worker's memory at its peak";

  @Override
  public String title() {
    return "6,000 jobs of 2 seconds, 2,000 at a time in one worker";
  }

  @Override
  public List<Line> lines() {
    return List.of(
        Line.of(TIME, "s", atMost("embedded", 6.6), atMost("split", 6.6)),
        Line.of(MEMORY, "MB", atMost("embedded", 256), atMost("split", 256)));
  }

  @Override
  public void round(Lab lab, Notebook notebook) {
    for (var contender : lab.present(Contender.values())) {
      try (var model = FakeModel.start();
          var installation = contender.install(lab.workplace(), Setup.asking(model, CONCURRENCY))) {
        var worker = installation.start().getLast();
        leave(installation, CONCURRENCY);
        installation.awaitDrained();
        model.take(Duration.ofSeconds(2));
        installation.pause();
        leave(installation, JOBS);
        installation.resume();
        installation.awaitDrained();
        var seconds = (System.nanoTime() - model.firstCall()) / 1e9;
        notebook.add(TIME, contender.title(), seconds);
        notebook.add(MEMORY, contender.title(), worker.peakMegabytes());
      }
    }
  }

  private static void leave(Installation installation, int jobs) {
    var submit = Request.post(installation.uri(), "/predict", Lab.JOB);
    var tally =
        Load.run(installation.uri(), () -> submit, CLIENTS, Pace.of(PER_SECOND), time(jobs));
    tally.requireOnly(202);
  }

  private static Duration time(int jobs) {
    return Duration.ofNanos(jobs * 1_000_000_000L / PER_SECOND);
  }
}
