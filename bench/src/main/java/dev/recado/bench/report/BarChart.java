package dev.recado.bench.report;

import java.util.List;
import java.util.Locale;

/**
 * The figures of a table as bars, in SVG: one group for each line, and within it one bar for each
 * subject, with the median at its end and a thin line from the smallest round to the largest. Its
 * colours follow the reader's light or dark page.
 */
public record BarChart(String title, List<String> subjects, List<Line> lines, Notebook notebook) {
  private static final int WIDTH = 760;
  private static final int LEFT = 120;
  private static final int BARS = 500;
  private static final int BAR = 16;
  private static final int STEP = 22;
  private static final int GROUP_HEAD = 30;
  private static final int TOP = 34;
  private static final List<String> COLOURS =
      List.of("#2563c9", "#1f9d76", "#b3662b", "#8a5cc7", "#8b8f98");
  private static final String STYLE =
      """
      <style>
        text { font: 13px system-ui, sans-serif; fill: #1f2328 }
        .title { font-weight: 600; font-size: 15px }
        .range { stroke: #1f2328; stroke-width: 1.5 }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 }
          .range { stroke: #e6edf3 }
        }
      </style>
      """;

  /** The whole picture. */
  public String svg() {
    var picture = new StringBuilder(STYLE);
    text(picture, "title", 0, 16, title);
    var y = TOP;
    for (var line : lines) {
      y = group(picture, line, y);
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n%s</svg>\n"
        .formatted(WIDTH, y + 4, picture);
  }

  /** Draws a line of the table from this height on, and tells the height below it. */
  private int group(StringBuilder picture, Line line, int top) {
    var longest =
        subjects.stream()
            .flatMap(subject -> notebook.sorted(line.measure(), subject).stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    if (longest == 0) {
      return top;
    }
    text(picture, "", 0, top + 20, line.measure() + ", " + line.unit());
    var y = top + GROUP_HEAD;
    for (var i = 0; i < subjects.size(); i++) {
      if (bar(picture, line, i, y, BARS / longest)) {
        y += STEP;
      }
    }
    return y;
  }

  private boolean bar(StringBuilder picture, Line line, int subject, int y, double scale) {
    var name = subjects.get(subject);
    var rounds = notebook.sorted(line.measure(), name);
    if (rounds.isEmpty()) {
      return false;
    }
    var median = notebook.median(line.measure(), name).orElseThrow();
    var from = LEFT + rounds.getFirst() * scale;
    var to = LEFT + rounds.getLast() * scale;
    text(picture, "", 0, y + 13, name);
    picture.append(
        String.format(
            Locale.ROOT,
            """
            <rect x="%d" y="%d" width="%.1f" height="%d" rx="2" fill="%s"/>
            <line class="range" x1="%.1f" x2="%.1f" y1="%d" y2="%d"/>
            """,
            LEFT,
            y,
            Math.max(1, median * scale),
            BAR,
            COLOURS.get(subject % COLOURS.size()),
            from,
            to,
            y + BAR / 2,
            y + BAR / 2));
    text(picture, "", Math.round(to) + 8, y + 13, Rounded.of(median));
    return true;
  }

  private static void text(StringBuilder picture, String style, long x, int y, String text) {
    var escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    picture.append(
        "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(style, x, y, escaped));
  }
}
