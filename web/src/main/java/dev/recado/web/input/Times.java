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

  /** Only years that an id can tell; nobody asks about others but to see what happens. */
  static Optional<Instant> read(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text))
          .filter(time -> time.getYear() >= 1971 && time.getYear() <= 9999)
          .map(OffsetDateTime::toInstant);
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }
}
