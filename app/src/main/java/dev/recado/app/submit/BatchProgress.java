package dev.recado.app.submit;

import dev.recado.app.shell.Shell;
import dev.recado.app.shell.StatusLine;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** How far a batch is: a bar where somebody watches, else a line now and then. */
final class BatchProgress {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final Shell shell;
  private final StatusLine line;
  private final Instant begin;
  private Instant nextLine;

  BatchProgress(Shell shell, StatusLine line) {
    this.shell = shell;
    this.line = line;
    this.begin = shell.clock().instant();
    this.nextLine = begin;
  }

  void show(JsonNode counts) {
    var total = counts.path("total").asLong();
    var done = total - counts.path("queued").asLong() - counts.path("processing").asLong();
    if (shell.isWatched()) {
      line.show(StatusLine.bar(done, total) + ", " + seconds() + " s");
    } else if (!shell.clock().instant().isBefore(nextLine)) {
      shell.err().println("recado: " + done + " of " + total + ", " + seconds() + " s");
      nextLine = shell.clock().instant().plus(BETWEEN_LINES);
    }
  }

  private long seconds() {
    return Duration.between(begin, shell.clock().instant()).toSeconds();
  }

  void end() {
    line.erase();
  }
}
