package dev.recado.web.input;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads times as clients write them: RFC 3339, in any zone. */
final class Times {
  static final String FORM =
      "must be an RFC 3339 time such as 2026-11-21T12:00:00Z (write + as %2B in an address)";

  private Times() {}

  /**
   * The years of RFC 3339. Before 1970 there was no job: the beginning, for the ids that tell it.
   */
  static Optional<Instant> read(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text))
          .filter(time -> time.getYear() >= 0 && time.getYear() <= 9999)
          .map(OffsetDateTime::toInstant)
          .map(time -> time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time);
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }
}
