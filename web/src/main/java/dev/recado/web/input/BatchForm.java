package dev.recado.web.input;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;

/** The two forms in which a batch can come: a document, or lines. */
final class BatchForm {
  private static final Set<String> LINE_TYPES =
      Set.of("application/jsonl", "application/x-ndjson", "application/x-jsonlines");

  private BatchForm() {}

  /** What reads the form of this request; throws the problem if it is another. */
  static BatchSource of(HttpServletRequest request) {
    var sent = JsonMediaType.sent(request);
    var type = sent == null ? "" : sent.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!LINE_TYPES.contains(type)) {
      JsonMediaType.require(request);
      return new JsonBatch();
    }
    JsonMediaType.requireAsItIs(request);
    return new JsonLines();
  }
}
