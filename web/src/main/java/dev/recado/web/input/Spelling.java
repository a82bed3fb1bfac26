package dev.recado.web.input;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Guesses what a misspelled field was meant to be. */
final class Spelling {
  private static final int FARTHEST = 2;
  private static final int LONGEST = 32;
  private static final Pattern NOT_PLAIN = Pattern.compile("[^a-z0-9]");

  /** What the same thing is called elsewhere. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "prompt", "text",
          "input", "text",
          "message", "text",
          "content", "text",
          "systemprompt", "system",
          "instructions", "system",
          "maxcompletiontokens", "max_tokens",
          "maxnewtokens", "max_tokens",
          "timeout", "deadline_seconds",
          "state", "status");

  private Spelling() {}

  static Optional<String> guess(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    var plain = plain(name);
    return Optional.ofNullable(ELSEWHERE.get(plain))
        .filter(known::contains)
        .or(() -> nearest(plain, known));
  }

  private static Optional<String> nearest(String plain, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(plain, plain(candidate)) <= FARTHEST)
        .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
  }

  private static String plain(String name) {
    return NOT_PLAIN.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  /** How many letters must be added, dropped or changed (Levenshtein), row by row. */
  private static int distance(String from, String to) {
    var row = new int[to.length() + 1];
    for (var j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (var i = 1; i <= from.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= to.length(); j++) {
        var changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
