package dev.recado.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 10s}, {@code 1h30m}, {@code 7d}. */
public final class Durations {
  private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern WHOLE = Pattern.compile("(" + PART.pattern() + ")+");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Durations() {}

  /** Reads one; empty if it is none. */
  public static Optional<Duration> parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        PART.matcher(text)
            .results()
            .map(part -> unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))))
            .reduce(Duration.ZERO, Duration::plus));
  }

  /** Writes one so that {@link #parse} reads it back; precise to the millisecond. */
  public static String format(Duration duration) {
    if (duration.toMillis() == 0) {
      return "0s";
    }
    return part(duration.toDaysPart(), "d")
        + part(duration.toHoursPart(), "h")
        + part(duration.toMinutesPart(), "m")
        + part(duration.toSecondsPart(), "s")
        + part(duration.toMillisPart(), "ms");
  }

  private static Duration unit(String name) {
    return UNITS.getOrDefault(name, Duration.ZERO);
  }

  private static String part(long count, String unit) {
    return count == 0 ? "" : count + unit;
  }
}
