package dev.recado.store.sqlite;

import dev.recado.job.WorkerId;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The one row per job that says what came of it. */
final class Outputs {
  private Outputs() {}

  static void put(
      Transaction transaction,
      long seq,
      @Nullable WorkerId worker,
      @Nullable String resultJson,
      @Nullable String errorJson)
      throws SQLException {
    var insert =
        transaction.prepare(
            """
            INSERT INTO job_outputs (seq, result, error, worker) VALUES (?, ?, ?, ?)
            ON CONFLICT (seq) DO UPDATE
              SET result = excluded.result, error = excluded.error, worker = excluded.worker\
            """);
    insert.setLong(1, seq);
    insert.setString(2, resultJson);
    insert.setString(3, errorJson);
    insert.setString(4, worker == null ? null : worker.value());
    insert.executeUpdate();
  }
}
