package dev.recado.store.sqlite;

import java.sql.SQLException;

/**
 * One change to the store. May be applied more than once: a group that fails is rolled back and its
 * commands run again one by one.
 */
@FunctionalInterface
interface WriteCommand<T> {
  T apply(Transaction transaction) throws SQLException;
}
