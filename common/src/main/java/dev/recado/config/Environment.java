package dev.recado.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The environment while it is read: values out, problems in. For one thread. */
final class Environment {
  private final Map<String, String> values;
  private final List<Problem> problems = new ArrayList<>();

  Environment(Map<String, String> values) {
    this.values = values;
  }

  Set<String> names() {
    return values.keySet();
  }

  /** The value, without the blanks around it that copying leaves behind; empty if unset. */
  Optional<String> text(Variable variable) {
    return Optional.ofNullable(values.get(variable.name()))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** The value, or the example where that is the default. */
  String textOrExample(Variable variable) {
    return text(variable).orElse(variable.example());
  }

  int number(Variable variable, int least, int most) {
    var text = textOrExample(variable);
    try {
      var number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // reported below, like a number out of bounds
    }
    report(variable, "must be a whole number from " + least + " to " + most + ", not " + text);
    return least;
  }

  Duration duration(Variable variable, Duration least, Duration most) {
    var text = textOrExample(variable);
    var duration = Durations.parse(text).filter(d -> isWithin(d, least, most));
    if (duration.isEmpty()) {
      var bounds = "from " + Durations.format(least) + " to " + Durations.format(most);
      report(variable, "must be a duration " + bounds + ", not " + text);
    }
    return duration.orElse(least);
  }

  long size(Variable variable) {
    var text = textOrExample(variable);
    var size = Sizes.parse(text);
    if (size.isEmpty()) {
      report(variable, "must be a number of bytes, KB, MB or GB, not " + text);
    }
    return size.orElse(0);
  }

  boolean flag(Variable variable) {
    var text = textOrExample(variable);
    if (!text.equals("true") && !text.equals("false")) {
      report(variable, "must be true or false, not " + text);
    }
    return text.equals("true");
  }

  void report(Variable variable, String what) {
    report(Problem.of(variable, what));
  }

  void report(Problem problem) {
    problems.add(problem);
  }

  void throwProblems() {
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }

  private static boolean isWithin(Duration duration, Duration least, Duration most) {
    return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
  }
}
