package dev.recado.bench.report;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a figure ought to be.
 *
 * @param subject whose figure
 * @param against whose figure it is divided by; empty if the figure itself counts
 * @param bound which side of the limit is good
 */
public record Goal(String subject, String against, Bound bound, double limit) {
  /** Which side of a limit is good. */
  public enum Bound {
    AT_LEAST("≥"),
    AT_MOST("≤");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }
  }

  /** The figure itself must be no more than this. */
  public static Goal atMost(String subject, double limit) {
    return new Goal(subject, "", Bound.AT_MOST, limit);
  }

  /** The figure must be at least so many times that of another. */
  public static Goal atLeast(String subject, double limit, String against) {
    return new Goal(subject, against, Bound.AT_LEAST, limit);
  }

  /** The figure must be at most so many times that of another. */
  public static Goal atMost(String subject, double limit, String against) {
    return new Goal(subject, against, Bound.AT_MOST, limit);
  }

  /** How it came out, in words; empty if it was not measured. */
  Optional<String> verdict(String measure, Notebook notebook) {
    var value = value(measure, notebook);
    return value.isEmpty() ? Optional.empty() : Optional.of(words(value.getAsDouble()));
  }

  private OptionalDouble value(String measure, Notebook notebook) {
    var own = notebook.median(measure, subject);
    if (against.isEmpty() || own.isEmpty()) {
      return own;
    }
    var other = notebook.median(measure, against);
    return other.isEmpty() || other.getAsDouble() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(own.getAsDouble() / other.getAsDouble());
  }

  private String words(double value) {
    var isMet = bound == Bound.AT_LEAST ? value >= limit : value <= limit;
    var unit = against.isEmpty() ? "" : " × " + against;
    return "%s %s%s (%s %s): %s"
        .formatted(
            subject,
            Rounded.of(value),
            unit,
            bound.sign,
            Rounded.of(limit),
            isMet ? "met" : "**missed**");
  }
}
