package dev.recado.web.problem;

import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.queue.DoorbellUnavailableException;
import dev.recado.store.StoreUnavailableException;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.RequestIds;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;

/** The one place where exceptions become answers. */
public final class ProblemMapper {
  private static final Log log = Log.of(ProblemMapper.class);
  private static final String ALLOW = "Allow";

  private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(1);

  private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

  /** Takes over whatever a handler throws. */
  public void install(RoutesConfig routes) {
    routes.exception(ProblemException.class, (e, context) -> answer(context, e.problem()));
    routes.exception(StoreUnavailableException.class, this::storeUnavailable);
    routes.exception(DoorbellUnavailableException.class, this::brokerUnavailable);
    routes.exception(MethodNotAllowedResponse.class, ProblemMapper::methodNotAllowed);
    routes.exception(
        HttpResponseException.class,
        (e, context) -> answer(context, HttpProblems.of(e.getStatus())));
    routes.exception(Exception.class, ProblemMapper::ourMistake);
  }

  /** Takes over what no handler is asked about: the JVM itself is in trouble. */
  public static void fatal(HttpServletResponse response, Error error) {
    log.tellWhy(error, LogEvent.REQUEST_FAILED, response.getHeader(RequestIds.HEADER));
    // Javalin hands over the answer alone; Jetty knows what was asked.
    var request = ServletContextResponse.getServletContextResponse(response).getRequest();
    var form = ProblemForm.at(request.getHttpURI().getPath());
    ProblemWriter.write(response, form, Problems.internalError());
  }

  private void storeUnavailable(StoreUnavailableException e, Context context) {
    if (isTimeForAWarning()) {
      log.tell(LogEvent.STORE_UNAVAILABLE, e.getMessage());
    }
    answer(context, Problems.storeUnavailable());
  }

  private void brokerUnavailable(DoorbellUnavailableException e, Context context) {
    if (isTimeForAWarning()) {
      log.tell(LogEvent.BROKER_UNASKED, e.getMessage(), e.getCause());
    }
    answer(context, Problems.brokerUnavailable());
  }

  /** Not for every request: a full disk would only get fuller. */
  private boolean isTimeForAWarning() {
    var now = System.nanoTime();
    var next = nextWarning.get();
    return now - next >= 0 && nextWarning.compareAndSet(next, now + BETWEEN_WARNINGS.toNanos());
  }

  private static void methodNotAllowed(MethodNotAllowedResponse e, Context context) {
    var allowed =
        Stream.concat(
                e.getDetails().values().stream().flatMap(names -> Stream.of(names.split(", ", -1))),
                Stream.of("OPTIONS"))
            .sorted()
            .collect(Collectors.joining(", "));
    if (context.method().equals(HandlerType.OPTIONS)) {
      context.res().setHeader(ALLOW, allowed);
      Answers.empty(context, 204);
    } else {
      answer(context, HttpProblems.of(405).header(ALLOW, allowed));
    }
  }

  private static void ourMistake(Exception e, Context context) {
    log.tellWhy(e, LogEvent.REQUEST_FAILED, context.res().getHeader(RequestIds.HEADER));
    answer(context, Problems.internalError());
  }

  private static void answer(Context context, Problem problem) {
    ProblemWriter.write(context, problem);
  }
}
