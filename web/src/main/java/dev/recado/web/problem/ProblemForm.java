package dev.recado.web.problem;

import dev.recado.web.answer.Json;
import dev.recado.web.answer.JsonMembers;
import org.jspecify.annotations.Nullable;

/** How a problem is written. */
public enum ProblemForm {
  /** RFC 9457. */
  PROBLEM_DOCUMENT("application/problem+json") {
    @Override
    public byte[] document(Problem problem, @Nullable String requestId) {
      return problem.document(requestId);
    }
  },

  /** The envelope that OpenAI's SDKs read. */
  OPENAI("application/json") {
    @Override
    public byte[] document(Problem problem, @Nullable String requestId) {
      return Json.object(json -> {
        json.writeObjectPropertyStart("error");
        json.writeStringProperty("message", problem.detail());
        json.writeStringProperty("type", type(problem.status()));
        JsonMembers.text(json, "param", param(problem));
        json.writeStringProperty("code", problem.code());
        problem.members().forEach((name, value) -> JsonMembers.text(json, name, value.toString()));
        json.writeEndObject();
      });
    }
  };

  private final String mediaType;

  ProblemForm(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The form of the API that this path belongs to; null is the path of a request unread. */
  static ProblemForm at(@Nullable String path) {
    var isOpenAi = path != null && (path.equals("/v1") || path.startsWith("/v1/"));
    return isOpenAi ? OPENAI : PROBLEM_DOCUMENT;
  }

  /** What its documents are. */
  public String mediaType() {
    return mediaType;
  }

  /** The problem, written. */
  public abstract byte[] document(Problem problem, @Nullable String requestId);

  private static String type(int status) {
    return switch (status) {
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }

  private static @Nullable String param(Problem problem) {
    return problem.invalidFields().isEmpty() ? null : problem.invalidFields().getFirst().field();
  }
}
