package dev.recado.bench.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the measured systems are set up, the same for all of them.
 *
 * @param concurrency jobs in flight in the worker
 * @param model the model server; empty means that the worker answers by itself
 * @param tracer a command under which the programs run; empty for none
 */
public record Setup(int concurrency, String model, List<String> tracer) {
  private static final List<String> COUNT_SYNCS =
      List.of("strace", "-f", "--seccomp-bpf", "-qq", "-c", "-e", "trace=fsync,fdatasync");

  /** The worker answers by itself. */
  public static Setup echo() {
    return new Setup(200, "", List.of());
  }

  /** The worker asks this model server. */
  public static Setup asking(FakeModel model, int concurrency) {
    return new Setup(concurrency, model.url(), List.of());
  }

  /** Like {@link #echo()}, and the syncs of each program are counted, and printed at its end. */
  public static Setup countingSyncs() {
    return new Setup(200, "", COUNT_SYNCS);
  }

  List<String> traced(List<String> command) {
    var whole = new ArrayList<>(tracer);
    whole.addAll(command);
    return whole;
  }

  /** MODEL_URL, where there is one. */
  Map<String, String> modelUrl() {
    return model.isEmpty() ? Map.of() : Map.of("MODEL_URL", model);
  }
}
