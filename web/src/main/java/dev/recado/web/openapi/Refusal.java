package dev.recado.web.openapi;

import dev.recado.web.problem.ProblemForm;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why any request may be refused, whatever its route. Immutable.
 *
 * @param status the HTTP status, or {@code default} for all that are not told of
 * @param who the operations that it concerns
 * @param headers those that tell something about it
 */
record Refusal(String status, String description, Who who, List<String> headers) {
  private static final String ANYTHING_ELSE = "default";

  /** The form goes by the path, and what is not well-formed HTTP may have none. */
  private static final Set<String> MAY_LACK_PATH = Set.of("400", ANYTHING_ELSE);

  private static final String PATHLESS = "What has no readable path is answered with a Problem.";

  /** Which operations a refusal concerns. */
  private enum Who {
    ALL,
    CHANGES,
    READERS;

    boolean includes(Operation operation) {
      return switch (this) {
        case ALL -> true;
        case CHANGES -> operation.changes();
        case READERS -> operation.hasBody();
      };
    }
  }

  static List<Refusal> all() {
    return List.of(
        any("400", "It cannot be read, or a field is wrong; code says which."),
        some(Who.CHANGES, "403", "A page of another origin asks for a change."),
        some(Who.CHANGES, "408", "Its body took too long to arrive."),
        some(Who.CHANGES, "413", "Its body is too large."),
        some(Who.READERS, "415", "Its body is of a kind that is not read here."),
        any("421", "It came under a host name that is not served."),
        any(
            "429",
            "Too many came from one address, where nginx stands before the server.",
            Answer.RETRY_AFTER,
            "RateLimit",
            "RateLimit-Policy"),
        any("500", "A mistake of the server's."),
        any(
            "503",
            "Not now: there is no room for it, the store is away, or the server stops.",
            Answer.RETRY_AFTER),
        any(ANYTHING_ELSE, "Something else is wrong; code says what.", "Allow"));
  }

  private static Refusal any(String status, String description, String... headers) {
    return new Refusal(status, description, Who.ALL, List.of(headers));
  }

  private static Refusal some(Who who, String status, String description) {
    return new Refusal(status, description, who, List.of());
  }

  /** Those that this operation does not tell of in its own words. */
  static Stream<Refusal> of(Operation operation) {
    return all().stream()
        .filter(refusal -> refusal.who.includes(operation))
        .filter(refusal -> operation.answers().stream().noneMatch(refusal::isAs));
  }

  private boolean isAs(Answer answer) {
    return answer.status().equals(status);
  }

  /** How it looks to those whose problems have this form. */
  List<Answer> in(ProblemForm form) {
    var answer = Answer.problem(form, status, description, headers.toArray(String[]::new));
    return form == ProblemForm.OPENAI && MAY_LACK_PATH.contains(status)
        ? List.of(answer, Answer.problem(ProblemForm.PROBLEM_DOCUMENT, status, PATHLESS))
        : List.of(answer);
  }

  /** The name under which it is described once for all operations with problems in this form. */
  String name(ProblemForm form) {
    return Answer.schema(form) + "-" + status;
  }
}
