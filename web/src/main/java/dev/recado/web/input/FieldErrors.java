package dev.recado.web.input;

import dev.recado.web.problem.FieldError;
import dev.recado.web.problem.FieldError.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects what is wrong with a request, so that its sender hears of everything at once. */
final class FieldErrors {
  private static final int USUAL_MOST = 20;
  private static final int LONGEST_NAME = 64;

  private final List<FieldError> errors;
  private final int most;
  private final String path;

  FieldErrors() {
    this(USUAL_MOST);
  }

  /** Keeps the first so many. */
  FieldErrors(int most) {
    this(new ArrayList<>(), most, "");
  }

  private FieldErrors(List<FieldError> errors, int most, String path) {
    this.errors = errors;
    this.most = most;
    this.path = path;
  }

  /** The same list, for what lies inside a field. */
  FieldErrors within(String field) {
    return new FieldErrors(errors, most, path + field + ".");
  }

  void add(String field, Fault type, String description) {
    if (!isFull()) {
      errors.add(new FieldError(path + shown(field), type, description));
    }
  }

  void unknown(String field, Collection<String> known) {
    if (isFull()) {
      return;
    }
    var guess = Spelling.guess(field, known).map(name -> "; did you mean " + name + "?").orElse("");
    add(field, Fault.UNKNOWN, "is not a known field" + guess);
  }

  boolean isFull() {
    return errors.size() >= most;
  }

  /** All of what lies inside something. */
  void addAll(String place, FieldErrors inside) {
    inside.errors.forEach(error -> add(place + error.field(), error.type(), error.description()));
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  List<FieldError> all() {
    return List.copyOf(errors);
  }

  private static String shown(String field) {
    var start = field.length() <= LONGEST_NAME ? field : field.substring(0, LONGEST_NAME) + "…";
    // Half a surrogate pair, be it sent or cut off here, has no UTF-8: this makes it a "?".
    return new String(start.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
