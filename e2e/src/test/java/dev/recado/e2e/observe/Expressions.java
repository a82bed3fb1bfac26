package dev.recado.e2e.observe;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads PromQL just well enough to see which metrics it asks for. */
final class Expressions {
  /** Label matchers, groupings, ranges and texts: what holds names that are no metrics. */
  private static final Pattern ASIDE =
      Pattern.compile("\\{[^}]*}|\\b(by|without|on)\\s*\\([^)]*\\)|\\[[^\\]]*]|\"[^\"]*\"");

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\w|\\s*\\()");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "le");

  private Expressions() {}

  /** The names of the metrics. */
  static Set<String> metrics(String expression) {
    var names = new TreeSet<String>();
    var matcher = NAME.matcher(ASIDE.matcher(expression).replaceAll(" "));
    while (matcher.find()) {
      names.add(matcher.group());
    }
    names.removeAll(WORDS);
    names.removeIf(name -> name.matches("e\\d+")); // 2e9
    return names;
  }
}
