package dev.recado.web.page;

import dev.recado.web.answer.Answers;
import dev.recado.web.answer.SecurityHeaders;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code GET} of one file of the page. */
final class ServeFile implements Handler {
  private final PageFile file;

  ServeFile(PageFile file) {
    this.file = file;
  }

  @Override
  public void handle(Context context) {
    var response = context.res();
    SecurityHeaders.forPage().forEach(response::setHeader);
    response.setHeader("ETag", file.etag());
    if (hasIt(context.req().getHeader("If-None-Match"))) {
      Answers.empty(context, 304);
    } else {
      Answers.send(response, 200, file.mediaType(), file.content());
    }
  }

  private boolean hasIt(@Nullable String marks) {
    return marks != null
        && Arrays.stream(marks.split(",", -1))
            .map(String::strip)
            .map(mark -> mark.startsWith("W/") ? mark.substring(2) : mark)
            .anyMatch(mark -> mark.equals(file.etag()) || mark.equals("*"));
  }
}
