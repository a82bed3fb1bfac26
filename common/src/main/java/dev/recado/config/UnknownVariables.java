package dev.recado.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds misspelt names: a setting that nobody reads is worse than one that is refused. */
final class UnknownVariables {
  private static final String OURS = "RECADO_";
  private static final int NEAR_ENOUGH = 4;
  // What Kubernetes plants into pods for a service whose name begins with "recado".
  private static final Pattern SERVICE_LINK =
      Pattern.compile("RECADO_(.*_)?(SERVICE_(HOST|PORT.*)|PORT(_[0-9]+_.*)?)");

  private UnknownVariables() {}

  static void report(Environment environment) {
    environment.names().stream()
        .filter(name -> name.startsWith(OURS) && !isKnown(name))
        .filter(name -> !SERVICE_LINK.matcher(name).matches())
        .sorted()
        .map(UnknownVariables::problem)
        .forEach(environment::report);
  }

  private static boolean isKnown(String name) {
    return Arrays.stream(Variable.values()).anyMatch(known -> known.name().equals(name));
  }

  private static Problem problem(String name) {
    var advice = nearest(name).map(known -> "did you mean " + known + "?").orElse("remove it");
    return new Problem(name, "is not a setting of Recado", advice);
  }

  private static Optional<Variable> nearest(String name) {
    return Arrays.stream(Variable.values())
        .filter(known -> distance(name, known.name()) <= NEAR_ENOUGH)
        .min(Comparator.comparingInt(known -> distance(name, known.name())));
  }

  /** Levenshtein: how many letters must change, appear or go. */
  private static int distance(String from, String to) {
    var row = new int[to.length() + 1];
    Arrays.setAll(row, i -> i);
    for (var i = 1; i <= from.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= to.length(); j++) {
        var replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
