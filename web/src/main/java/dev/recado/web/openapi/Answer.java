package dev.recado.web.openapi;

import dev.recado.web.problem.ProblemForm;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One answer. Immutable.
 *
 * @param status the HTTP status, or {@code default} for all that are not told of
 * @param mediaType what it is, or null if there is nothing in it
 * @param schema the name of its schema, or null if it is no JSON
 * @param headers those that tell something about it
 */
record Answer(
    String status,
    String description,
    @Nullable String mediaType,
    @Nullable String schema,
    List<String> headers) {
  static final String JSON = "application/json";
  static final String RETRY_AFTER = "Retry-After";

  static Answer json(String status, String schema, String description, String... headers) {
    return new Answer(status, description, JSON, schema, List.of(headers));
  }

  static Answer problem(ProblemForm form, String status, String description, String... headers) {
    return new Answer(status, description, form.mediaType(), schema(form), List.of(headers));
  }

  /** The same with more headers. */
  Answer and(String... more) {
    var all = Stream.concat(headers.stream(), Stream.of(more)).distinct().toList();
    return new Answer(status, description, mediaType, schema, all);
  }

  /** The name of the schema of problems in this form. */
  static String schema(ProblemForm form) {
    return switch (form) {
      case PROBLEM_DOCUMENT -> "Problem";
      case OPENAI -> "OpenAiError";
    };
  }
}
