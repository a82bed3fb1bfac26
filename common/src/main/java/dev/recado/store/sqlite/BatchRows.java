package dev.recado.store.sqlite;

import dev.recado.batch.Batch;
import dev.recado.batch.BatchOutcome;
import dev.recado.job.BatchId;
import dev.recado.job.IdempotencyKey;
import dev.recado.job.Tenant;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Reads rows of batches. Those that are not accepted are not there. */
final class BatchRows {
  static final String SELECT =
      """
      SELECT id, metadata, deadline, canceled_at, completed_at,
             queued, processing, succeeded, failed, canceled, expired, fingerprint
        FROM batches\
      """;
  static final String FIND = SELECT + " WHERE id = ? AND tenant = ? AND stage <> 'filling'";
  static final String BY_KEY = SELECT + " WHERE tenant = ? AND idempotency_key = ?";

  private BatchRows() {}

  static Optional<Batch> find(PreparedStatement query, Tenant tenant, BatchId id)
      throws SQLException {
    query.setString(1, id.value());
    query.setString(2, tenant.name());
    try (var row = query.executeQuery()) {
      return row.next() ? Optional.of(batch(row)) : Optional.empty();
    }
  }

  /** What a key has stood for until now. */
  static Optional<BatchOutcome> byKey(PreparedStatement query, Tenant tenant, IdempotencyKey key)
      throws SQLException {
    query.setString(1, tenant.name());
    query.setString(2, key.value());
    try (var row = query.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      return Optional.of(
          row.getString("fingerprint").equals(key.fingerprint())
              ? new BatchOutcome.Repeated(batch(row))
              : new BatchOutcome.KeyReused());
    }
  }

  static Batch batch(ResultSet row) throws SQLException {
    return new Batch(
        new BatchId(row.getString("id")),
        new Batch.Counts(
            row.getLong("queued"),
            row.getLong("processing"),
            row.getLong("succeeded"),
            row.getLong("failed"),
            row.getLong("canceled"),
            row.getLong("expired")),
        row.getString("metadata"),
        Instant.ofEpochMilli(row.getLong("deadline")),
        JobRows.instant(row, "canceled_at"),
        JobRows.instant(row, "completed_at"));
  }
}
