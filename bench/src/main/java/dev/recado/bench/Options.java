package dev.recado.bench;

import dev.recado.bench.scenario.Scenario;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for on the command line.
 *
 * @param scenarios which scenarios, in their usual order
 * @param rounds how often each is measured
 * @param seconds for how long load is put on a system in one round
 * @param mostRows the largest store that growth is measured at
 */
record Options(List<Scenario> scenarios, int rounds, int seconds, int mostRows) {

  /**
   * Reads the command line; without names it asks for all scenarios.
   *
   * @throws IllegalArgumentException if it makes no sense
   */
  static Options parse(String... arguments) {
    var words = new ArrayDeque<>(List.of(arguments));
    var names = new ArrayList<String>();
    var rounds = 5;
    var seconds = 8;
    var mostRows = 1_000_000;
    while (!words.isEmpty()) {
      var word = words.remove();
      switch (word) {
        case "--rounds" -> rounds = number(word, words.poll());
        case "--seconds" -> seconds = number(word, words.poll());
        case "--rows" -> mostRows = number(word, words.poll());
        default -> names.add(known(word));
      }
    }
    return new Options(chosen(names), rounds, seconds, mostRows);
  }

  private static List<Scenario> chosen(List<String> names) {
    return Scenario.all().stream()
        .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
        .toList();
  }

  private static String known(String word) {
    var names = Scenario.all().stream().map(Scenario::name).toList();
    if (!names.contains(word)) {
      throw new IllegalArgumentException(
          "there is no scenario '%s'; there are jmh, %s".formatted(word, String.join(", ", names)));
    }
    return word;
  }

  private static int number(String option, @Nullable String value) {
    if (value == null || !value.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(option + " needs a number, such as " + option + " 5");
    }
    return Integer.parseInt(value);
  }
}
