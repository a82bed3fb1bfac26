package dev.recado.bench.report;

import java.util.List;

/**
 * One line of a table.
 *
 * @param measure what is measured
 * @param unit in what
 */
public record Line(String measure, String unit, List<Goal> goals) {
  /** A line with these goals, or none. */
  public static Line of(String measure, String unit, Goal... goals) {
    return new Line(measure, unit, List.of(goals));
  }
}
