package dev.recado.worker.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which models do not stream. Thread-safe. */
final class RequestStyles {
  /** Clients choose model names, so their number needs a bound. */
  private static final int MANY = 1_000;

  private final Map<String, RequestStyle> plainer = new ConcurrentHashMap<>();

  RequestStyle of(String model) {
    return plainer.getOrDefault(model, RequestStyle.STREAM_WITH_USAGE);
  }

  /** Notes the style in which a model has answered. */
  void worked(String model, RequestStyle style) {
    if (style == of(model)) {
      return;
    }
    if (plainer.size() >= MANY) {
      plainer.clear();
    }
    plainer.put(model, style);
  }
}
