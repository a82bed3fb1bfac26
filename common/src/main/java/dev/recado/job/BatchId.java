package dev.recado.job;

import java.time.Instant;
import java.util.Optional;

/**
 * The name of a batch: a UUIDv7 in lower case, like a {@link JobId}.
 *
 * @param value the 36 characters of the canonical text form
 */
public record BatchId(String value) {
  /**
   * Reads an id from outside.
   *
   * @return empty unless the text is exactly a lower-case UUIDv7
   */
  public static Optional<BatchId> parse(String text) {
    return JobId.parse(text).map(id -> new BatchId(id.value()));
  }

  /** When the id was made, to the millisecond. */
  public Instant createdAt() {
    return new JobId(value).createdAt();
  }

  @Override
  public String toString() {
    return value;
  }
}
