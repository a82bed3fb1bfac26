package dev.recado.web.openapi;

import dev.recado.web.answer.Answers;
import dev.recado.web.answer.SecurityHeaders;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the description is asked for. Each form of it is written when it is first asked for, and
 * kept: few ask, and every start would wait.
 */
public final class DescriptionRoutes {
  private static final String DOCUMENT = "/openapi.json";
  private static final String PAGE = "/docs";
  private static final String STYLE = "/docs/style.css";

  private final Map<String, byte[]> written = new ConcurrentHashMap<>();
  private final ApiDescription api;

  private DescriptionRoutes(ApiDescription api) {
    this.api = api;
  }

  /** A handler per path. */
  public static Map<String, Handler> of(ApiDescription api) {
    var routes = new DescriptionRoutes(api);
    return Map.of(
        DOCUMENT,
        context -> Answers.json(context, 200, routes.content(DOCUMENT)),
        PAGE,
        context -> asPage(context, "text/html;charset=utf-8", routes.content(PAGE)),
        STYLE,
        context -> asPage(context, "text/css;charset=utf-8", routes.content(STYLE)));
  }

  private byte[] content(String path) {
    return written.computeIfAbsent(path, this::write);
  }

  private byte[] write(String path) {
    return switch (path) {
      case DOCUMENT -> api.document();
      case PAGE -> ReadingPage.of(api);
      default -> style();
    };
  }

  private static void asPage(Context context, String mediaType, byte[] content) {
    SecurityHeaders.forPage().forEach(context.res()::setHeader);
    Answers.send(context.res(), 200, mediaType, content);
  }

  private static byte[] style() {
    try (var style = DescriptionRoutes.class.getResourceAsStream("style.css")) {
      return Objects.requireNonNull(style).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
