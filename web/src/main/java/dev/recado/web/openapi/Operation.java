package dev.recado.web.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one route does. Immutable.
 *
 * @param method the HTTP method, in upper case
 * @param path with parameters in braces
 * @param summary what it is for, in a few words
 * @param parameters what may be said besides the path and the body
 * @param body the name of the schema of what it reads, or null
 * @param answers what it may answer, apart from problems
 */
record Operation(
    String method,
    String path,
    String summary,
    List<Parameter> parameters,
    @Nullable String body,
    List<Answer> answers) {
  static final String JSON = "application/json";
  private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)\\}");

  /** What may be said in the query or in a header. */
  record Parameter(String name, Place in, String type, String description) {}

  /** Where a parameter stands. */
  enum Place {
    QUERY,
    HEADER
  }

  /**
   * One answer.
   *
   * @param schema the name of its schema, or null if it is no JSON
   */
  record Answer(
      int status, String description, @Nullable String mediaType, @Nullable String schema) {}

  static Operation get(String path, String summary) {
    return new Operation("GET", path, summary, List.of(), null, List.of());
  }

  static Operation post(String path, String summary) {
    return new Operation("POST", path, summary, List.of(), null, List.of());
  }

  static Operation delete(String path, String summary) {
    return new Operation("DELETE", path, summary, List.of(), null, List.of());
  }

  /** The same under another path. */
  Operation at(String otherPath) {
    return new Operation(method, otherPath, summary, parameters, body, answers);
  }

  Operation reads(String schema) {
    return new Operation(method, path, summary, parameters, schema, answers);
  }

  Operation query(String name, String type, String description) {
    return with(new Parameter(name, Place.QUERY, type, description));
  }

  Operation header(String name, String description) {
    return with(new Parameter(name, Place.HEADER, "string", description));
  }

  private Operation with(Parameter parameter) {
    return new Operation(method, path, summary, and(parameters, parameter), body, answers);
  }

  /** Answers with JSON of this schema. */
  Operation answers(int status, String schema, String description) {
    return with(new Answer(status, description, JSON, schema));
  }

  /** Answers with something else than JSON; without a media type, with nothing. */
  Operation answersOther(int status, @Nullable String mediaType, String description) {
    return with(new Answer(status, description, mediaType, null));
  }

  /** Answers with a problem that says something about the job. */
  Operation refuses(int status, String description) {
    var form = isOpenAi() ? "OpenAiError" : "Problem";
    var mediaType = isOpenAi() ? JSON : "application/problem+json";
    return with(new Answer(status, description, mediaType, form));
  }

  private Operation with(Answer answer) {
    return new Operation(method, path, summary, parameters, body, and(answers, answer));
  }

  boolean isOpenAi() {
    return path.startsWith("/v1/");
  }

  /** The names of the parameters within the path. */
  List<String> inPath() {
    return IN_PATH.matcher(path).results().map(found -> found.group(1)).toList();
  }

  private static <T> List<T> and(List<T> list, T more) {
    var all = new ArrayList<>(list);
    all.add(more);
    return List.copyOf(all);
  }
}
