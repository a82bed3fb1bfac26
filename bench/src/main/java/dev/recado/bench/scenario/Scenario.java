package dev.recado.bench.scenario;

import dev.recado.bench.machine.Contender;
import dev.recado.bench.report.Line;
import dev.recado.bench.report.Notebook;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One question, and how it is measured. */
public sealed interface Scenario extends AutoCloseable
    permits Everything, Backlog, Latency, Slow, Growth, Syncs, Start {

  /** The scenarios, in the order in which they are run. */
  static List<Scenario> all() {
    return List.of(
        new Everything(),
        new Backlog(),
        new Latency(),
        new Slow(),
        new Growth(),
        new Syncs(),
        new Start());
  }

  /** Its name on the command line. */
  default String name() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** What it measures, in a few words. */
  String title();

  /** The lines of its table. */
  List<Line> lines();

  /** The columns of its table. */
  default List<String> subjects() {
    return Arrays.stream(Contender.values()).map(Contender::title).toList();
  }

  /** Measures all subjects in turn, once. */
  void round(Lab lab, Notebook notebook);

  /** Stops what has stood from the first round to the last. */
  @Override
  default void close() {}
}
