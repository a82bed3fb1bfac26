package dev.recado.bench.report;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;

/** Medians and targets as a table in Markdown. */
public record Table(List<String> subjects, List<Line> lines, Notebook notebook) {
  private static final String NOT_MEASURED = "–";

  /** The whole table, without the lines of which nothing was measured. */
  public String markdown() {
    var head = "| | " + String.join(" | ", subjects) + " | against the target |\n";
    var rule = "|---|" + "---:|".repeat(subjects.size()) + "---|\n";
    return head + rule + lines.stream().filter(this::isMeasured).map(this::row).collect(joining());
  }

  private boolean isMeasured(Line line) {
    return subjects.stream().anyMatch(who -> notebook.median(line.measure(), who).isPresent());
  }

  private String row(Line line) {
    var cells = subjects.stream().map(subject -> cell(line, subject)).collect(joining(" | "));
    var verdicts =
        line.goals().stream()
            .map(goal -> goal.verdict(line.measure(), notebook))
            .flatMap(Optional::stream)
            .collect(joining("<br>"));
    return "| %s, %s | %s | %s |\n".formatted(line.measure(), line.unit(), cells, verdicts);
  }

  private String cell(Line line, String subject) {
    var median = notebook.median(line.measure(), subject);
    return median.isPresent() ? Rounded.of(median.getAsDouble()) : NOT_MEASURED;
  }
}
