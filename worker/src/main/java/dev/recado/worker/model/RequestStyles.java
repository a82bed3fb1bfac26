package dev.recado.worker.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which models want to be asked in another style than the usual. Thread-safe. */
final class RequestStyles {
  /** Clients choose model names, so their number needs a bound. */
  private static final int MANY = 1_000;

  private final Map<String, RequestStyle> unusual = new ConcurrentHashMap<>();

  RequestStyle of(String model) {
    return unusual.getOrDefault(model, RequestStyle.USUAL);
  }

  /** Notes the style in which a model has answered. */
  void worked(String model, RequestStyle style) {
    if (style.equals(of(model))) {
      return;
    }
    if (unusual.size() >= MANY) {
      unusual.clear();
    }
    unusual.put(model, style);
  }
}
