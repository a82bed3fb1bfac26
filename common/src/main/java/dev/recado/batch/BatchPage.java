package dev.recado.batch;

import java.util.List;

/**
 * Part of a list of batches.
 *
 * @param batches newest first
 * @param hasMore whether older ones follow
 */
public record BatchPage(List<Batch> batches, boolean hasMore) {
  /** A page does not change. */
  public BatchPage {
    batches = List.copyOf(batches);
  }
}
