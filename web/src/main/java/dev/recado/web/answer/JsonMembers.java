package dev.recado.web.answer;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Members that may be absent, in one spelling: always there, {@code null} where there is nothing to
 * tell.
 */
public final class JsonMembers {
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private JsonMembers() {}

  /** A text. */
  public static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, value);
    }
  }

  /** A whole number. */
  public static void number(JsonGenerator json, String name, @Nullable Number value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, value.longValue());
    }
  }

  /** A time: RFC 3339, UTC, milliseconds. */
  public static void time(JsonGenerator json, String name, @Nullable Instant value) {
    text(json, name, value == null ? null : MILLISECONDS.format(value));
  }

  /** What is JSON already. */
  public static void raw(JsonGenerator json, String name, @Nullable String value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeName(name);
      json.writeRawValue(value);
    }
  }
}
