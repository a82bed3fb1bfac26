package dev.recado.web.openapi;

import dev.recado.web.problem.ProblemForm;
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
 * @param bodies the forms of what it reads, if it reads a body
 * @param answers what it may answer, apart from what any request may be refused for; one status may
 *     come in several forms
 */
record Operation(
    String method,
    String path,
    String summary,
    List<Parameter> parameters,
    List<Body> bodies,
    List<Answer> answers) {
  private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)\\}");

  /** What may be said in the query or in a header; schemas are named. */
  record Parameter(String name, Place in, String schema, String description) {}

  /** Where a parameter stands. */
  enum Place {
    QUERY,
    HEADER
  }

  /**
   * One form of a body.
   *
   * @param schema the name of its schema, or null if it is no JSON
   */
  record Body(String mediaType, @Nullable String schema, String description) {}

  static Operation get(String path, String summary) {
    return new Operation("GET", path, summary, List.of(), List.of(), List.of());
  }

  static Operation post(String path, String summary) {
    return new Operation("POST", path, summary, List.of(), List.of(), List.of());
  }

  static Operation delete(String path, String summary) {
    return new Operation("DELETE", path, summary, List.of(), List.of(), List.of());
  }

  /** The same under another path. */
  Operation at(String otherPath) {
    return new Operation(method, otherPath, summary, parameters, bodies, answers);
  }

  /** Reads JSON of this schema. */
  Operation reads(String schema) {
    return with(new Body(Answer.JSON, schema, "A document."));
  }

  /** Reads something else than JSON. */
  Operation readsOther(String mediaType, String description) {
    return with(new Body(mediaType, null, description));
  }

  private Operation with(Body body) {
    return new Operation(method, path, summary, parameters, and(bodies, body), answers);
  }

  Operation query(String name, String schema, String description) {
    return with(new Parameter(name, Place.QUERY, schema, description));
  }

  Operation header(String name, String schema, String description) {
    return with(new Parameter(name, Place.HEADER, schema, description));
  }

  private Operation with(Parameter parameter) {
    return new Operation(method, path, summary, and(parameters, parameter), bodies, answers);
  }

  /** Answers with JSON of this schema. */
  Operation answers(int status, String schema, String description, String... headers) {
    return with(Answer.json(Integer.toString(status), schema, description, headers));
  }

  /** Answers with something else than JSON; without a media type, with nothing. */
  Operation answersOther(
      int status, @Nullable String mediaType, String description, String... headers) {
    return with(
        new Answer(Integer.toString(status), description, mediaType, null, List.of(headers)));
  }

  /** Answers with a problem that says something about the job. */
  Operation refuses(int status, String description, String... headers) {
    return with(Answer.problem(form(), Integer.toString(status), description, headers));
  }

  private Operation with(Answer answer) {
    return with(and(answers, answer));
  }

  private Operation with(List<Answer> otherAnswers) {
    return new Operation(method, path, summary, parameters, bodies, otherAnswers);
  }

  /** Each of the answers so far may have these headers as well. */
  Operation mayTell(String... headers) {
    return with(answers.stream().map(answer -> answer.and(headers)).toList());
  }

  /** How its problems are written. */
  ProblemForm form() {
    return path.startsWith("/v1/") ? ProblemForm.OPENAI : ProblemForm.PROBLEM_DOCUMENT;
  }

  boolean changes() {
    return !method.equals("GET");
  }

  boolean hasBody() {
    return !bodies.isEmpty();
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
