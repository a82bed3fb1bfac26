package dev.recado.web.openapi;

import dev.recado.web.answer.Answers;
import dev.recado.web.answer.SecurityHeaders;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** Where the description is asked for. It is written once and kept. */
public final class DescriptionRoutes {
  private DescriptionRoutes() {}

  /** A handler per path. */
  public static Map<String, Handler> of(ApiDescription api) {
    var document = api.document();
    var page = ReadingPage.of(api);
    var style = style();
    return Map.of(
        "/openapi.json",
        context -> Answers.json(context, 200, document),
        "/docs",
        context -> asPage(context, "text/html;charset=utf-8", page),
        "/docs/style.css",
        context -> asPage(context, "text/css;charset=utf-8", style));
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
