package dev.recado.app.submit;

import dev.recado.app.client.Outcome;
import dev.recado.app.client.RecadoClient;
import dev.recado.app.client.ServerException;
import dev.recado.app.shell.ExitCode;
import dev.recado.app.shell.Shell;
import dev.recado.app.shell.StatusLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Waits for jobs, shows how far they are and prints their ends in the order of submission. */
final class Waiting {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(30);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final RecadoClient client;
  private final Shell shell;
  private final Answers answers;
  private final StatusLine line;
  private final Patience patience;
  private final Instant begin;
  // also read by the thread that cancels on Ctrl+C
  private final Map<Errand, Outcome> known = new ConcurrentHashMap<>();
  private volatile boolean silent;
  private int printed;

  Waiting(RecadoClient client, Shell shell, Answers answers) {
    this.client = client;
    this.shell = shell;
    this.answers = answers;
    this.line = new StatusLine(shell);
    this.patience = new Patience(shell.clock(), line, () -> false);
    this.begin = shell.clock().instant();
  }

  /** Waits for all of them; returns the exit code. */
  int until(List<Errand> errands) throws ServerException, InterruptedException, IOException {
    try {
      for (var pause = FIRST_PAUSE; printed < errands.size(); pause = longer(pause)) {
        ask(errands);
        printFinished(errands);
        if (printed < errands.size()) {
          line.show(progress(errands));
          Thread.sleep(pause);
        }
      }
    } finally {
      line.erase();
    }
    return known.values().stream().allMatch(Outcome.Succeeded.class::isInstance)
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  /** Prints what has ended, and names what goes on without anybody who waits for it. */
  void giveUp(List<Errand> errands) {
    if (!silent) {
      errands.subList(printed, errands.size()).stream()
          .filter(this::isFinished)
          .forEach(this::print);
      unfinished(errands).forEach(left -> left.tellThatItGoesOn(shell));
    }
  }

  /** Has it print and say nothing more, so that only what is canceled is told. */
  void fallSilent() {
    silent = true;
    line.end();
  }

  private void ask(List<Errand> errands) throws ServerException, InterruptedException, IOException {
    for (var errand : unfinished(errands)) {
      known.put(errand, patience.ask(() -> client.result(errand.id())));
    }
  }

  private void printFinished(List<Errand> errands) {
    while (!silent && printed < errands.size() && isFinished(errands.get(printed))) {
      line.erase();
      print(errands.get(printed++));
    }
  }

  private void print(Errand errand) {
    answers.print(errand, Objects.requireNonNull(known.get(errand)));
  }

  private String progress(List<Errand> errands) {
    var seconds = Duration.between(begin, shell.clock().instant()).toMillis() / 1_000.0;
    var state = errands.size() == 1 ? stateOf(errands.getFirst()) : bar(errands);
    return String.format("%s, %.1f s", state, seconds);
  }

  private String stateOf(Errand errand) {
    return known.get(errand) instanceof Outcome.Pending pending ? pending.progress() : "submitted";
  }

  private String bar(List<Errand> errands) {
    return StatusLine.bar(errands.size() - unfinished(errands).size(), errands.size());
  }

  /** Those of them that have not ended, as far as is known. */
  List<Errand> unfinished(List<Errand> errands) {
    var left = new ArrayList<>(errands);
    left.removeIf(this::isFinished);
    return left;
  }

  private boolean isFinished(Errand errand) {
    var outcome = known.get(errand);
    return outcome != null && !(outcome instanceof Outcome.Pending);
  }

  private static Duration longer(Duration pause) {
    var next = pause.multipliedBy(3).dividedBy(2);
    return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
  }
}
