package dev.recado.web.trace;

import dev.recado.job.JobId;
import dev.recado.log.Log;
import dev.recado.trace.Attribute;
import dev.recado.trace.Span;
import dev.recado.trace.Traceparent;
import dev.recado.trace.Traces;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A span for each request that leaves a job. Polls and health checks are none: they would be most
 * of what there is to see. Thread-safe.
 */
public final class TracedRequests {
  private static final String SPAN = TracedRequests.class.getName();

  private final Traces traces;

  /** Spans go there. */
  public TracedRequests(Traces traces) {
    this.traces = traces;
  }

  /** This handler of POST requests, traced if traces are on. */
  public Handler post(String route, Handler handler) {
    return traces.areOn() ? context -> trace(context, route, handler) : handler;
  }

  private void trace(Context context, String route, Handler handler) throws Exception {
    var request = context.req();
    var span =
        traces
            .begin(Traces.Kind.SERVER, "POST " + route, request.getHeader(Traceparent.HEADER))
            .note(Attribute.HTTP_METHOD, "POST")
            .note(Attribute.HTTP_ROUTE, route);
    request.setAttribute(SPAN, span);
    endWithAnswer(span, ServletContextRequest.getServletContextRequest(request));
    try (var _ = Log.within(Traceparent.traceId(span.traceparent()))) {
      handler.handle(context);
    }
  }

  /** Who waits for a result is answered long after the handler has returned. */
  private static void endWithAnswer(Span span, ServletContextRequest request) {
    Request.addCompletionListener(
        request,
        _ -> {
          var status = request.getServletContextResponse().getStatus();
          span.note(Attribute.HTTP_STATUS, (long) status);
          if (status >= 500) {
            span.failed(String.valueOf(status));
          }
          span.close();
        });
  }

  /**
   * What a job that this request leaves is to keep: the name of its span or, if there is none, of
   * the client's.
   */
  public static @Nullable String traceparent(HttpServletRequest request) {
    return request.getAttribute(SPAN) instanceof Span span
        ? span.traceparent()
        : Traceparent.parse(request.getHeader(Traceparent.HEADER))
            .map(Traceparent::toString)
            .orElse(null);
  }

  /** Notes which job the request has left. */
  public static void left(HttpServletRequest request, JobId job) {
    if (request.getAttribute(SPAN) instanceof Span span) {
      span.note(Attribute.JOB_ID, job.value());
    }
  }
}
