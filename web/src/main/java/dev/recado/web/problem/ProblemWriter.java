package dev.recado.web.problem;

import dev.recado.web.answer.Answers;
import dev.recado.web.answer.RequestIds;
import jakarta.servlet.http.HttpServletResponse;

/** Writes a problem as the answer, in place of whatever was begun. */
public final class ProblemWriter {
  private ProblemWriter() {}

  /** Answers with the problem. */
  public static void write(HttpServletResponse response, Problem problem) {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    problem.headers().forEach(response::setHeader);
    var document = problem.document(response.getHeader(RequestIds.HEADER));
    Answers.send(response, problem.status(), Problem.MEDIA_TYPE, document);
  }
}
