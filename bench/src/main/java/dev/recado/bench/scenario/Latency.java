package dev.recado.bench.scenario;

import static dev.recado.bench.report.Goal.atMost;

import dev.recado.bench.load.Pace;
import dev.recado.bench.load.RoundTrips;
import dev.recado.bench.machine.Contender;
import dev.recado.bench.machine.FakeModel;
import dev.recado.bench.machine.Setup;
import dev.recado.bench.report.Line;
import dev.recado.bench.report.Notebook;
import java.util.List;

/** From submit to result at an easy pace, over a model server that answers at once. */
final class Latency implements Scenario {
  private static final String HALF = "submit to result, p50";
  private static final String MOST = "submit to result, p99";
  private static final Pace EASY = Pace.of(50);

  @Override
  public String title() {
    return "Submit to result, 50 jobs a second, a model that answers at once";
  }

  @Override
  public List<Line> lines() {
    return List.of(
        Line.of(HALF, "ms", atMost("embedded", 0.7, "BullMQ"), atMost("split", 1.0, "BullMQ")),
        Line.of(MOST, "ms", atMost("embedded", 0.8, "BullMQ"), atMost("split", 1.2, "BullMQ")));
  }

  @Override
  public void round(Lab lab, Notebook notebook) {
    for (var contender : lab.present(Contender.values())) {
      try (var model = FakeModel.start();
          var installation = contender.install(lab.workplace(), Setup.asking(model, 200))) {
        installation.start();
        lab.warm(installation);
        var trips = RoundTrips.run(installation.uri(), Lab.JOB, EASY, lab.duration());
        trips.requireOnly(200);
        notebook.add(HALF, contender.title(), trips.millis(50));
        notebook.add(MOST, contender.title(), trips.millis(99));
      }
    }
  }
}
