package dev.recado.store.sqlite;

import java.sql.SQLException;

/**
 * Writes something and leaves nothing. What is put in and taken out again makes a page of the log;
 * a row that is set to what it was makes none, and nothing is synced.
 */
record Touch() implements WriteCommand<Boolean> {
  @Override
  public Boolean apply(Transaction transaction) throws SQLException {
    transaction.prepare("INSERT INTO controls (name, since) VALUES ('written', 0)").executeUpdate();
    return transaction.prepare("DELETE FROM controls WHERE name = 'written'").executeUpdate() == 1;
  }
}
