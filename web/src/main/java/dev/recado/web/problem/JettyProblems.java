package dev.recado.web.problem;

import dev.recado.web.answer.RequestIds;
import dev.recado.web.answer.SecurityHeaders;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the server itself refuses, as a problem document instead of its HTML page. */
public final class JettyProblems implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var problem = HttpProblems.of(status(request, response));
    var headers = response.getHeaders();
    var requestId = RequestIds.of(request.getHeaders().get(RequestIds.HEADER));
    headers.put(RequestIds.HEADER, requestId);
    SecurityHeaders.forApi().forEach(headers::put);
    problem.headers().forEach(headers::put);
    var form = ProblemForm.at(request.getHttpURI().getPath());
    headers.put(HttpHeader.CONTENT_TYPE, form.mediaType());
    response.setStatus(problem.status());
    response.write(true, ByteBuffer.wrap(form.document(problem, requestId)), callback);
    return true;
  }

  private static int status(Request request, Response response) {
    return request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException e
        ? e.getCode()
        : response.getStatus();
  }
}
