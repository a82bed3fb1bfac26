package dev.recado.e2e.observe;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code /metrics} said at one moment. */
record Exposition(String text, Map<String, Double> values) {

  static Exposition of(String text) {
    var values = new LinkedHashMap<String, Double>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> {
          var end = line.lastIndexOf(' ');
          values.put(line.substring(0, end), Double.valueOf(value(line.substring(end + 1))));
        });
    return new Exposition(text, values);
  }

  private static String value(String text) {
    return text.replace("+Inf", "Infinity");
  }

  /** The names of all samples, without labels. */
  Set<String> names() {
    return values.keySet().stream()
        .map(series -> series.replaceFirst("\\{.*", ""))
        .collect(Collectors.toSet());
  }

  /** The sum of all series of this name that have all these labels, such as {@code code="x"}. */
  double sum(String name, String... labels) {
    return values.entrySet().stream()
        .filter(sample -> isOf(sample.getKey(), name, Arrays.asList(labels)))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static boolean isOf(String series, String name, List<String> labels) {
    return (series.equals(name) || series.startsWith(name + "{"))
        && labels.stream().allMatch(series::contains);
  }
}
