package dev.recado.web;

import dev.recado.web.answer.AnswerTime;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * How long requests take, by the route they took and the status of their answer, in the names of
 * OpenTelemetry's conventions. Jetty tells of each when it has ended, however that was: a request
 * that waits or streams has then lasted as long. Thread-safe.
 */
final class HttpMeters implements RequestLog {
  private static final String CONTEXT = HttpMeters.class.getName();

  /** What a request may be called that found no route. */
  private static final String NO_ROUTE = "";

  /** Clients may make up methods, but not the number of our meters. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE");

  private static final String OTHER_METHOD = "_OTHER";

  private final MeterRegistry registry;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  HttpMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  private record Kind(String method, String route, int status) {}

  /** Has a request found again that is being handled now. */
  void remember(Context context) {
    context.req().setAttribute(CONTEXT, context);
  }

  @Override
  public void log(Request request, Response response) {
    var took = AnswerTime.of(request) - request.getHeadersNanoTime();
    timer(new Kind(method(request), route(request), response.getStatus()))
        .record(took, TimeUnit.NANOSECONDS);
  }

  private static String method(Request request) {
    return METHODS.contains(request.getMethod()) ? request.getMethod() : OTHER_METHOD;
  }

  private static String route(Request request) {
    return request.getAttribute(CONTEXT) instanceof Context context
        ? path(context.endpoints().lastHttpEndpoint())
        : NO_ROUTE;
  }

  private static String path(@Nullable Endpoint endpoint) {
    return endpoint == null ? NO_ROUTE : endpoint.path;
  }

  private Timer timer(Kind kind) {
    var known = timers.get(kind);
    return known != null ? known : timers.computeIfAbsent(kind, this::newTimer);
  }

  private Timer newTimer(Kind kind) {
    return Timer.builder("http.server.request.duration")
        .description("Requests from their headers to the end of their answers")
        .tag("http.request.method", kind.method())
        .tag("http.route", kind.route())
        .tag("http.response.status_code", String.valueOf(kind.status()))
        .serviceLevelObjectives(
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofMillis(2_500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60))
        .register(registry);
  }
}
