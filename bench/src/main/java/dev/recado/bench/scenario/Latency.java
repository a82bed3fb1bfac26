package dev.recado.bench.scenario;

import static dev.recado.bench.report.Goal.atMost;

import dev.recado.bench.load.Pace;
import dev.recado.bench.load.RoundTrips;
import dev.recado.bench.machine.Contender;
import dev.recado.bench.machine.FakeModel;
import dev.recado.bench.machine.Installation;
import dev.recado.bench.machine.Setup;
import dev.recado.bench.report.Line;
import dev.recado.bench.report.Notebook;
import java.util.List;

/** From submit to result at an easy pace, over a model server that answers at once. */
final class Latency implements Scenario {
  private static final String HALF = "submit to result, p50";
  private static final String MOST = "submit to result, p99";
  private static final String HALF_WAITING = "the same for who waits instead of asking, p50";
  private static final String MOST_WAITING = "the same for who waits instead of asking, p99";
  private static final Pace EASY = Pace.of(50);

  /**
   * What a cold server keeps up with in a slow hour: if it does not, all its time goes to those who
   * ask.
   */
  private static final Pace BUSY = Pace.of(200);

  @Override
  public String title() {
    return "Submit to result, 50 jobs a second, a model that answers at once";
  }

  @Override
  public List<Line> lines() {
    return List.of(
        Line.of(HALF, "ms", atMost("embedded", 0.7, "BullMQ"), atMost("split", 1.0, "BullMQ")),
        Line.of(MOST, "ms", atMost("embedded", 0.8, "BullMQ"), atMost("split", 1.2, "BullMQ")),
        Line.of(HALF_WAITING, "ms"),
        Line.of(MOST_WAITING, "ms"));
  }

  @Override
  public void round(Lab lab, Notebook notebook) {
    for (var contender : lab.present(Contender.values())) {
      try (var model = FakeModel.start();
          var installation = contender.install(lab.workplace(), Setup.asking(model, 200))) {
        installation.start();
        lab.warm(installation);
        // submits have warmed neither the way to the result nor the wait for it
        asking(installation).run(BUSY, lab.warmUp()).requireOnly(200);
        waiting(installation).run(BUSY, lab.warmUp()).requireOnly(200);
        var asking = asking(installation).run(EASY, lab.duration());
        var waiting = waiting(installation).run(EASY, lab.duration());
        asking.requireOnly(200);
        waiting.requireOnly(200);
        notebook.add(HALF, contender.title(), asking.millis(50));
        notebook.add(MOST, contender.title(), asking.millis(99));
        notebook.add(HALF_WAITING, contender.title(), waiting.millis(50));
        notebook.add(MOST_WAITING, contender.title(), waiting.millis(99));
      }
    }
  }

  private static RoundTrips asking(Installation installation) {
    return RoundTrips.asking(installation.uri(), Lab.JOB);
  }

  private static RoundTrips waiting(Installation installation) {
    return RoundTrips.waiting(installation.uri(), Lab.JOB);
  }
}
