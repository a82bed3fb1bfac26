package dev.recado.store;

import dev.recado.job.ClaimedJob;

/**
 * A part of what a running attempt has said.
 *
 * @param job the attempt
 * @param start how much it had said before, in UTF-16 units
 * @param text what it said then: not empty, and no half of a surrogate pair
 */
public record OutputChunk(ClaimedJob job, int start, String text) {
  /** How much the attempt has said with this, in UTF-16 units. */
  public int stop() {
    return start + text.length();
  }
}
