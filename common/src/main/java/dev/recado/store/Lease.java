package dev.recado.store;

import dev.recado.job.WorkerId;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when a worker is believed alive.
 *
 * @param worker which
 * @param renewed when it was last renewed, by the clock of whoever wrote it
 * @param until when it ends, by that clock
 */
public record Lease(WorkerId worker, Instant renewed, Instant until) {
  /** How long it is, whatever that clock says. */
  public Duration length() {
    return Duration.between(renewed, until);
  }
}
