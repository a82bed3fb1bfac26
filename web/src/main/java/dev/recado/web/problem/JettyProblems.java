package dev.recado.web.problem;

import dev.recado.web.answer.RequestIds;
import dev.recado.web.answer.SecurityHeaders;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
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
    var document = form.document(problem, requestId);
    headers.put(HttpHeader.CONTENT_LENGTH, document.length);
    if (request.getConnectionMetaData().isPersistent()) {
      response.write(true, ByteBuffer.wrap(document), callback);
    } else {
      // Jetty says so itself, but not of a request whose first line it could not read.
      headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
      writeAndDiscard(request, response, ByteBuffer.wrap(document), callback);
    }
    return true;
  }

  /** Jetty closes with the last write, which is therefore one of nothing. */
  private static void writeAndDiscard(
      Request request, Response response, ByteBuffer document, Callback callback) {
    var rest = new UnreadRest(request);
    var last = Callback.from(() -> response.write(true, null, callback));
    response.write(false, document, Callback.from(() -> rest.discard(last), callback::failed));
  }

  private static int status(Request request, Response response) {
    return request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException e
        ? e.getCode()
        : response.getStatus();
  }
}
