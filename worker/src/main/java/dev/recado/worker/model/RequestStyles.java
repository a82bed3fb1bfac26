package dev.recado.worker.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which models want to be asked in another style than the usual. Apart for requests with
 * tools or a form of the answer: some servers can not stream those, and stream all else.
 * Thread-safe.
 */
final class RequestStyles {
  /** Clients choose model names, so their number needs a bound. */
  private static final int MANY = 1_000;

  private final Map<Kind, RequestStyle> unusual = new ConcurrentHashMap<>();

  private record Kind(String model, boolean hasTools, boolean hasForm) {
    static Kind of(ModelRequest request) {
      var options = request.options();
      return new Kind(request.model(), options.has("tools"), options.has("response_format"));
    }
  }

  RequestStyle of(ModelRequest request) {
    return unusual.getOrDefault(Kind.of(request), RequestStyle.USUAL);
  }

  /** Notes the style in which a request like this was answered. */
  void worked(ModelRequest request, RequestStyle style) {
    if (style.equals(of(request))) {
      return;
    }
    if (unusual.size() >= MANY) {
      unusual.clear();
    }
    unusual.put(Kind.of(request), style);
  }
}
