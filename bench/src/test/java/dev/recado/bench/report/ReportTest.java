package dev.recado.bench.report;

import static dev.recado.bench.report.Goal.atLeast;
import static dev.recado.bench.report.Goal.atMost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final List<String> SUBJECTS = List.of("ours", "theirs");

  private final Notebook notebook = new Notebook();

  @Test
  void the_median_is_the_middle_of_all_rounds() {
    note("speed", "ours", 9, 1, 3);
    note("speed", "theirs", 4, 2);

    assertThat(notebook.median("speed", "ours")).hasValue(3);
    assertThat(notebook.median("speed", "theirs")).hasValue(3);
    assertThat(notebook.median("speed", "nobody's")).isEmpty();
  }

  @Test
  void a_table_compares_medians_and_says_which_targets_are_met() {
    note("speed", "ours", 30_000);
    note("speed", "theirs", 12_000);
    note("memory", "ours", 170);

    var table =
        table(
            Line.of("speed", "per second", atLeast("ours", 2, "theirs")),
            Line.of("memory", "MB", atMost("ours", 160)));

    assertThat(table)
        .contains("| speed, per second | 30,000 | 12,000 | ours 2.50 × theirs (≥ 2.00): met |")
        .contains("| memory, MB | 170 | – | ours 170 (≤ 160): **missed** |");
  }

  @Test
  void what_was_not_measured_is_neither_shown_nor_judged() {
    note("speed", "ours", 1);

    var table =
        table(
            Line.of("speed", "per second", atLeast("ours", 2, "theirs")), Line.of("memory", "MB"));

    assertThat(table).contains("| speed, per second | 1.00 | – |  |").doesNotContain("memory");
  }

  @Test
  void a_chart_draws_a_bar_for_each_figure() {
    note("speed", "ours", 10, 20, 30);
    note("speed", "theirs", 15);

    var svg = new BarChart("a < b", SUBJECTS, List.of(Line.of("speed", "s")), notebook).svg();

    assertThat(svg).contains("a &lt; b").contains("prefers-color-scheme: dark");
    assertThat(svg.split("<rect", -1)).hasSize(3);
  }

  @Test
  void a_document_is_filled_in_its_places_only() {
    var document = "a\n<!-- measured: x -->\nold\n<!-- end -->\nb\n";

    assertThat(Document.filled(document, "x", "new\n"))
        .isEqualTo("a\n<!-- measured: x -->\nnew\n<!-- end -->\nb\n");
    assertThatThrownBy(() -> Document.filled(document, "y", "")).hasMessageContaining("y");
  }

  private void note(String measure, String subject, double... rounds) {
    for (var figure : rounds) {
      notebook.add(measure, subject, figure);
    }
  }

  private String table(Line... lines) {
    return new Table(SUBJECTS, List.of(lines), notebook).markdown();
  }
}
