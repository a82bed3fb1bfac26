package dev.recado.job;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a job: a UUIDv7 (RFC 9562) in lower case, so ids sort by age and cannot be guessed.
 *
 * @param value the 36 characters of the canonical text form
 */
public record JobId(String value) implements Comparable<JobId> {
  private static final Pattern UUID_V7 =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  /**
   * Reads an id from outside.
   *
   * @return empty unless the text is exactly a lower-case UUIDv7
   */
  public static Optional<JobId> parse(String text) {
    return UUID_V7.matcher(text).matches() ? Optional.of(new JobId(text)) : Optional.empty();
  }

  /** When the id was made, to the millisecond. */
  public Instant createdAt() {
    return Instant.ofEpochMilli(
        Long.parseLong(value, 0, 8, 16) << 16 | Long.parseLong(value, 9, 13, 16));
  }

  /** The smallest id that could have been made at this instant: for cutting by age. */
  public static JobId earliestAt(Instant instant) {
    var millis = "%012x".formatted(instant.toEpochMilli());
    return new JobId(
        "%s-%s-7000-8000-000000000000".formatted(millis.substring(0, 8), millis.substring(8)));
  }

  @Override
  public int compareTo(JobId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
