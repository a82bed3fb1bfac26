package dev.recado.web.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How many submits were turned away. Thread-safe. */
public final class AdmissionMeters {
  private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);

  /** Shown there. */
  public AdmissionMeters(MeterRegistry registry) {
    for (var reason : Reason.values()) {
      refused.put(
          reason,
          Counter.builder("recado.submits.refused")
              .tag("reason", reason.name().toLowerCase(Locale.ROOT))
              .description("Submits that were turned away; a batch is one")
              .register(registry));
    }
  }

  /** Why a submit was turned away. */
  enum Reason {
    /** Too little is left on the store's disk. */
    DISK_FULL,
    /** As many jobs wait as may. */
    QUEUE_FULL,
    /** The job could not have ended by its deadline. */
    TOO_LATE,
    /** Too much waits for its commit. */
    DISK_BUSY
  }

  @SuppressWarnings("NullAway") // one for each
  void refused(Reason reason) {
    refused.get(reason).increment();
  }
}
