package dev.recado.web.input;

import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;

/** The two forms in which a batch can come. */
enum BatchForm {
  DOCUMENT(new JsonBatch()),
  LINES(new JsonLines());

  private static final Set<String> LINE_TYPES =
      Set.of("application/jsonl", "application/x-ndjson", "application/x-jsonlines");

  private final BatchSource source;

  BatchForm(BatchSource source) {
    this.source = source;
  }

  BatchSource source() {
    return source;
  }

  static BatchForm of(HttpServletRequest request) {
    var sent = request.getContentType();
    var type = sent == null ? "" : sent.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!LINE_TYPES.contains(type)) {
      JsonMediaType.require(request);
      return DOCUMENT;
    }
    if (request.getHeader("Content-Encoding") != null) {
      throw Problems.unsupportedMediaType("send the body as it is, without Content-Encoding")
          .asException();
    }
    return LINES;
  }
}
