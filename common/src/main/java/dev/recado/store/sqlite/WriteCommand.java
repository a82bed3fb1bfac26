package dev.recado.store.sqlite;

import java.sql.SQLException;

/**
 * One change to the store. May be applied more than once: a group that fails is rolled back and its
 * commands run again one by one.
 */
@FunctionalInterface
interface WriteCommand<T> {
  T apply(Transaction transaction) throws SQLException;

  /** When in a transaction it is applied. */
  default Turn turn() {
    return Turn.CHANGES;
  }

  /**
   * The order of the commands of one transaction. They have all been waiting at the same time, so
   * nobody can tell in which order they came; this one lets a claim take the jobs that arrive with
   * it ({@link Arrivals}).
   */
  enum Turn {
    CHANGES,
    ARRIVALS,
    CLAIMS
  }
}
