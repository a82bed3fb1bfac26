package dev.recado.store.sqlite;

import java.time.Duration;

/**
 * Erases what is old, piece by piece, and knows how far it has come: many jobs may be old and live,
 * and each piece would meet all of them again. Thread-safe.
 */
final class Retention {
  private final GroupCommitWriter writer;
  private Purge.Place place = Purge.Place.START;

  Retention(GroupCommitWriter writer) {
    this.writer = writer;
  }

  /** The next piece; 0 at the end of a round, and the next call begins another. */
  synchronized int purge(Duration retention) {
    var piece = writer.write(new Purge(retention, place));
    place = piece.isLast() ? Purge.Place.START : piece.next();
    return piece.isLast() ? 0 : Math.max(1, piece.touched());
  }
}
