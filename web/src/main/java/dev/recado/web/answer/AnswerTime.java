package dev.recado.web.answer;

import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.server.Request;

/** When a request had its whole answer, if it goes on after that. */
public final class AnswerTime {
  private static final String ANSWERED = AnswerTime.class.getName();

  private AnswerTime() {}

  /** It has its answer now. */
  public static void note(HttpServletRequest request) {
    request.setAttribute(ANSWERED, System.nanoTime());
  }

  /** As {@link System#nanoTime} tells it: when that was, or now. */
  public static long of(Request request) {
    return request.getAttribute(ANSWERED) instanceof Long nanos ? nanos : System.nanoTime();
  }
}
