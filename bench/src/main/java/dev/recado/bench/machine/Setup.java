package dev.recado.bench.machine;

import java.util.Map;

/**
 * How the measured systems are set up, the same for all of them.
 *
 * @param concurrency jobs in flight in the worker
 * @param model the model server; empty means that the worker answers by itself
 */
public record Setup(int concurrency, String model) {
  /** The worker answers by itself. */
  public static Setup echo() {
    return new Setup(200, "");
  }

  /** The worker asks this model server. */
  public static Setup asking(FakeModel model, int concurrency) {
    return new Setup(concurrency, model.url());
  }

  /** MODEL_URL, where there is one. */
  Map<String, String> modelUrl() {
    return model.isEmpty() ? Map.of() : Map.of("MODEL_URL", model);
  }
}
