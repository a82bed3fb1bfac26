package dev.recado.web.problem;

import dev.recado.web.answer.AnswerTime;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.RequestIds;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;

/** Writes a problem as the answer, in place of whatever was begun. */
final class ProblemWriter {
  private ProblemWriter() {}

  /** Answers with the problem, in the form of the API that was asked. */
  static void write(Context context, Problem problem) {
    var form = ProblemForm.at(context.req().getRequestURI());
    var rest = new UnreadRest(ServletContextRequest.getServletContextRequest(context.req()));
    if (rest.isLeft()) {
      write(context.res(), form, problem.header("Connection", "close"));
      AnswerTime.note(context.req());
      rest.discard();
    } else {
      write(context.res(), form, problem);
    }
  }

  /** Answers with the problem. */
  static void write(HttpServletResponse response, ProblemForm form, Problem problem) {
    if (response.isCommitted()) {
      breakOff(response);
      return;
    }
    response.resetBuffer();
    problem.headers().forEach(response::setHeader);
    var document = form.document(problem, response.getHeader(RequestIds.HEADER));
    Answers.send(response, problem.status(), form.mediaType(), document);
  }

  /** An answer that is ended as usual passes for whole, and this one is not. */
  private static void breakOff(HttpServletResponse response) {
    var request = ServletContextResponse.getServletContextResponse(response).getRequest();
    request.getConnectionMetaData().getConnection().getEndPoint().close();
  }
}
