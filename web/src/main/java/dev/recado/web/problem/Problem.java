package dev.recado.web.problem;

import dev.recado.web.answer.Json;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A problem document (RFC 9457) that is not yet written. Immutable.
 *
 * @param status the HTTP status
 * @param code the stable name of the problem
 * @param detail the problem in words
 * @param headers headers that go with it
 * @param members further members of the document: strings and lists of strings
 * @param invalidFields what is wrong with the request, field by field
 */
public record Problem(
    int status,
    String code,
    String detail,
    Map<String, String> headers,
    Map<String, Object> members,
    List<FieldError> invalidFields) {

  private static final String RETRY_AFTER = "Retry-After";

  /** A problem with nothing but its name. */
  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, Map.of(), Map.of(), List.of());
  }

  /** The same with a header more. */
  public Problem header(String name, String value) {
    return new Problem(status, code, detail, and(headers, name, value), members, invalidFields);
  }

  /** The same with a member more. */
  public Problem with(String name, Object value) {
    return new Problem(status, code, detail, headers, and(members, name, value), invalidFields);
  }

  /** The same, asking the client to come again after so many seconds. */
  public Problem retryAfter(int seconds) {
    return header(RETRY_AFTER, Integer.toString(seconds));
  }

  /** The same with errors in fields. */
  public Problem invalidFields(List<FieldError> errors) {
    return new Problem(status, code, detail, headers, members, List.copyOf(errors));
  }

  /** To be thrown by whoever cannot go on. */
  public ProblemException asException() {
    return new ProblemException(this);
  }

  /** The document. */
  byte[] document(@Nullable String requestId) {
    return Json.object(json -> {
      json.writeStringProperty("type", "about:blank");
      json.writeStringProperty("title", HttpStatus.forStatus(status).getMessage());
      json.writeNumberProperty("status", status);
      json.writeStringProperty("detail", detail);
      json.writeStringProperty("code", code);
      json.writeStringProperty("error", detail);
      json.writeStringProperty("request_id", requestId);
      members.forEach((name, value) -> writeMember(json, name, value));
      writeInvalidFields(json);
    });
  }

  private static void writeMember(JsonGenerator json, String name, Object value) {
    if (value instanceof List<?> list) {
      json.writeArrayPropertyStart(name);
      list.forEach(element -> json.writeString(String.valueOf(element)));
      json.writeEndArray();
    } else {
      json.writeStringProperty(name, String.valueOf(value));
    }
  }

  private void writeInvalidFields(JsonGenerator json) {
    if (invalidFields.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("invalid_fields");
    for (var error : invalidFields) {
      json.writeStartObject();
      json.writeStringProperty("field", error.field());
      json.writeStringProperty("type", error.type().name().toLowerCase(Locale.ROOT));
      json.writeStringProperty("description", error.description());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static <V> Map<String, V> and(Map<String, V> map, String name, V value) {
    var more = new LinkedHashMap<>(map);
    more.put(name, value);
    return more;
  }
}
