package dev.recado.bench.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What was measured: one figure per measure, subject and round. Not thread-safe. */
public final class Notebook {
  private record Key(String measure, String subject) {}

  private final Map<Key, List<Double>> figures = new HashMap<>();

  /** Notes the figure of one round. */
  public void add(String measure, String subject, double figure) {
    figures.computeIfAbsent(new Key(measure, subject), _ -> new ArrayList<>()).add(figure);
    System.out.printf("  %-44s %-12s %s%n", measure, subject, Rounded.of(figure));
  }

  /** The median of all rounds; empty if it was not measured. */
  OptionalDouble median(String measure, String subject) {
    var sorted = sorted(measure, subject);
    if (sorted.isEmpty()) {
      return OptionalDouble.empty();
    }
    var upper = sorted.size() / 2;
    var lower = (sorted.size() - 1) / 2;
    return OptionalDouble.of((sorted.get(lower) + sorted.get(upper)) / 2);
  }

  /** All rounds, the smallest first. */
  List<Double> sorted(String measure, String subject) {
    return figures.getOrDefault(new Key(measure, subject), List.of()).stream().sorted().toList();
  }
}
