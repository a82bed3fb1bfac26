package dev.recado.bench.scenario;

import static dev.recado.bench.report.Goal.atMost;

import dev.recado.bench.load.Caller;
import dev.recado.bench.load.Request;
import dev.recado.bench.load.Response;
import dev.recado.bench.machine.Contender;
import dev.recado.bench.machine.Installation;
import dev.recado.bench.machine.Pause;
import dev.recado.bench.machine.Setup;
import dev.recado.bench.report.Line;
import dev.recado.bench.report.Notebook;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.ObjectMapper;

/** From the command to the first answer and the first result, and the memory of idle processes. */
final class Start implements Scenario {
  private static final String ACCEPTED = "start of the front to its first 202";
  private static final String DONE = "start of the worker to its first result";
  private static final String FRONT = "idle memory of the front";
  private static final String WORKER = "idle memory of the worker";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long IDLE_MILLIS = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String title() {
    return "Start, and idle memory after 10 seconds";
  }

  @Override
  public List<Line> lines() {
    return List.of(
        Line.of(ACCEPTED, "s", atMost("embedded", 1), atMost("split", 1)),
        Line.of(DONE, "s"),
        Line.of(FRONT, "MB", atMost("embedded", 160), atMost("split", 130)),
        Line.of(WORKER, "MB", atMost("split", 130)));
  }

  @Override
  public void round(Lab lab, Notebook notebook) {
    for (var contender : lab.present(Contender.values())) {
      try (var installation = contender.install(lab.workplace(), Setup.echo())) {
        var front = installation.startFront();
        var id = firstAccepted(installation);
        notebook.add(ACCEPTED, contender.title(), secondsSince(front.startedAt()));
        var worker = installation.startWorker();
        Pause.until("the first result", PATIENCE, () -> isDone(installation, id));
        notebook.add(DONE, contender.title(), secondsSince(worker.startedAt()));
        Pause.of(IDLE_MILLIS);
        notebook.add(FRONT, contender.title(), front.residentMegabytes());
        if (worker != front) {
          notebook.add(WORKER, contender.title(), worker.residentMegabytes());
        }
      }
    }
  }

  private static String firstAccepted(Installation installation) {
    var submit = Request.post(installation.uri(), "/predict", Lab.JOB);
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        var response = Caller.once(installation.uri(), submit);
        if (response.status() == 202) {
          return id(response);
        }
      } catch (UncheckedIOException notYet) {
        Pause.of(5); // so that looking takes nothing from what is looked at
      }
    }
    throw new IllegalStateException("nothing was accepted in " + PATIENCE);
  }

  private static String id(Response accepted) {
    return JSON.readTree(accepted.body()).required("job_id").asString();
  }

  private static boolean isDone(Installation installation, String id) {
    var poll = Request.get(installation.uri(), "/result/" + id);
    return Caller.once(installation.uri(), poll).status() == 200;
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }
}
