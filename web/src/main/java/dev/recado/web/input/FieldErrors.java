package dev.recado.web.input;

import dev.recado.web.problem.FieldError;
import dev.recado.web.problem.FieldError.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects what is wrong with a request, so that its sender hears of everything at once. */
final class FieldErrors {
  private static final int MOST = 20;
  private static final int LONGEST_NAME = 64;

  private final List<FieldError> errors;
  private final String path;

  FieldErrors() {
    this(new ArrayList<>(), "");
  }

  private FieldErrors(List<FieldError> errors, String path) {
    this.errors = errors;
    this.path = path;
  }

  /** The same list, for what lies inside a field. */
  FieldErrors within(String field) {
    return new FieldErrors(errors, path + field + ".");
  }

  void add(String field, Fault type, String description) {
    if (errors.size() < MOST) {
      errors.add(new FieldError(path + shortened(field), type, description));
    }
  }

  void unknown(String field, Collection<String> known) {
    var guess = Spelling.guess(field, known).map(name -> "; did you mean " + name + "?").orElse("");
    add(field, Fault.UNKNOWN, "is not a known field" + guess);
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  List<FieldError> all() {
    return List.copyOf(errors);
  }

  private static String shortened(String field) {
    return field.length() <= LONGEST_NAME ? field : field.substring(0, LONGEST_NAME) + "…";
  }
}
