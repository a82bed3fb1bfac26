package dev.recado.store.sqlite;

import dev.recado.job.ClaimedJob;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Whether an attempt still holds its job: only then does it write anything. Who was taken for dead,
 * or too late, holds it no more, so that each job has one outcome.
 */
final class Fence {
  /**
   * For the WHERE of a statement about jobs; its places are filled by {@link #set}. The id too:
   * once the last row is purged, its seq is given to another job.
   */
  static final String HOLDS = "seq = ? AND id = ? AND state = 'processing' AND attempt = ?";

  private Fence() {}

  /**
   * @param first the number of the first of the condition's places
   */
  static void set(PreparedStatement statement, int first, ClaimedJob job) throws SQLException {
    statement.setLong(first, job.seq());
    statement.setString(first + 1, job.id().value());
    statement.setInt(first + 2, job.attempt());
  }
}
