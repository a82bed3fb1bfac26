package dev.recado.web.answer;

import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends answers. */
// Past Javalin's result(), which copies every body through a fresh buffer of 32 kB.
public final class Answers {
  private static final Log log = Log.of(Answers.class);
  private static final String JSON = "application/json";
  private static final String PLAIN_TEXT = "text/plain;charset=utf-8";

  private Answers() {}

  /** A JSON document. */
  public static void json(Context context, int status, byte[] body) {
    send(context.res(), status, JSON, body);
  }

  /** A line of text. */
  public static void text(Context context, String line) {
    send(context.res(), 200, PLAIN_TEXT, line.getBytes(StandardCharsets.UTF_8));
  }

  /** Only a status. */
  public static void empty(Context context, int status) {
    context.res().setContentType(null);
    context.res().setStatus(status);
  }

  /** Any document; its length is known. */
  public static void send(HttpServletResponse response, int status, String mediaType, byte[] body) {
    response.setStatus(status);
    if (!mediaType.equals(response.getContentType())) {
      // Not one over the other: Jetty would carry the charset over to a type that has none.
      response.setContentType(null);
      response.setContentType(mediaType);
    }
    response.setContentLength(body.length);
    try {
      response.getOutputStream().write(body);
    } catch (IOException e) {
      // The client has hung up, and there is nobody else to tell.
      log.tellWhy(e, LogEvent.CLIENT_GONE, response.getHeader(RequestIds.HEADER));
    }
  }
}
