package dev.recado.store.sqlite;

import dev.recado.batch.BatchOutcome;
import dev.recado.batch.BatchRequest;
import dev.recado.batch.NewBatch;
import dev.recado.job.BatchId;
import dev.recado.job.IdempotencyKey;
import dev.recado.job.Tenant;
import dev.recado.lifecycle.FailPoint;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a batch comes in: opened, filled piece by piece with jobs that nobody can claim, and accepted
 * by the change of one row. What happens to its jobs after that is {@link BatchWork}'s.
 */
final class BatchFilling {
  private BatchFilling() {}

  /** Being filled, and not taken for abandoned: whoever drops one begins with its first jobs. */
  private static final String IS_FILLING = "stage = 'filling' AND progress = 0";

  /** The row of a batch that is being filled; empty if it was taken for abandoned. */
  private static Optional<Long> filling(Transaction transaction, BatchId id) throws SQLException {
    var query = transaction.prepare("SELECT seq FROM batches WHERE id = ? AND " + IS_FILLING);
    query.setString(1, id.value());
    try (var row = query.executeQuery()) {
      return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
    }
  }

  record Opening(NewBatch batch) implements WriteCommand<Integer> {
    @Override
    public Integer apply(Transaction transaction) throws SQLException {
      var insert =
          transaction.prepare(
              """
              INSERT INTO batches (id, tenant, stage, touched, metadata, deadline)
              VALUES (?, ?, 'filling', ?, ?, ?)\
              """);
      insert.setString(1, batch.id().value());
      insert.setString(2, batch.tenant().name());
      insert.setLong(3, transaction.now());
      insert.setString(4, batch.metadataJson());
      insert.setLong(5, batch.deadline().toEpochMilli());
      return insert.executeUpdate();
    }
  }

  record Piece(BatchId id, List<BatchRequest> requests) implements WriteCommand<Boolean> {
    @Override
    public Boolean apply(Transaction transaction) throws SQLException {
      var batch = filling(transaction, id);
      if (batch.isEmpty()) {
        return false;
      }
      for (var request : requests) {
        add(transaction, batch.get(), request);
      }
      touch(transaction, batch.get());
      FailPoint.MID_BATCH.reached();
      return true;
    }

    private static void add(Transaction transaction, long batch, BatchRequest request)
        throws SQLException {
      var insert =
          transaction.prepare(
              "INSERT INTO batch_requests (batch, n, seq, custom_id) VALUES (?, ?, ?, ?)");
      insert.setLong(1, batch);
      insert.setInt(2, request.index());
      insert.setLong(3, transaction.arrivals().addHidden(request.job(), batch));
      insert.setString(4, request.customId());
      insert.executeUpdate();
    }

    private static void touch(Transaction transaction, long batch) throws SQLException {
      var update = transaction.prepare("UPDATE batches SET touched = ? WHERE seq = ?");
      update.setLong(1, transaction.now());
      update.setLong(2, batch);
      update.executeUpdate();
    }

    @Override
    public Turn turn() {
      return Turn.ARRIVALS;
    }
  }

  record Acceptance(Tenant tenant, BatchId id, @Nullable IdempotencyKey key)
      implements WriteCommand<BatchOutcome> {
    @Override
    public BatchOutcome apply(Transaction transaction) throws SQLException {
      var used = used(transaction);
      if (used.isPresent()) {
        return used.get();
      }
      return accept(transaction)
          ? new BatchOutcome.Accepted(
              BatchRows.find(transaction.prepare(BatchRows.FIND), tenant, id).orElseThrow())
          : new BatchOutcome.Abandoned();
    }

    private Optional<BatchOutcome> used(Transaction transaction) throws SQLException {
      return key == null
          ? Optional.empty()
          : BatchRows.byKey(transaction.prepare(BatchRows.BY_KEY), tenant, key);
    }

    // Its jobs may all have expired by now.
    private boolean accept(Transaction transaction) throws SQLException {
      var update =
          transaction.prepare(
              """
              UPDATE batches
                 SET stage = 'releasing', idempotency_key = ?1, fingerprint = ?2,
                     completed_at = CASE WHEN queued = 0 THEN ?3 END
               WHERE id = ?4 AND tenant = ?5 AND %s\
              """
                  .formatted(IS_FILLING));
      update.setString(1, key == null ? null : key.value());
      update.setString(2, key == null ? null : key.fingerprint());
      update.setLong(3, transaction.now());
      update.setString(4, id.value());
      update.setString(5, tenant.name());
      return update.executeUpdate() == 1;
    }
  }

  /** So old that the next look finds it abandoned. */
  record Abandonment(BatchId id) implements WriteCommand<Integer> {
    @Override
    public Integer apply(Transaction transaction) throws SQLException {
      var update =
          transaction.prepare("UPDATE batches SET touched = 0 WHERE id = ? AND stage = 'filling'");
      update.setString(1, id.value());
      return update.executeUpdate();
    }
  }

  /** Marks a batch whose jobs are to be canceled. */
  record Cancellation(Tenant tenant, BatchId id) implements WriteCommand<Integer> {
    @Override
    public Integer apply(Transaction transaction) throws SQLException {
      var update =
          transaction.prepare(
              """
              UPDATE batches SET stage = 'canceling', progress = 0, canceled_at = ?
               WHERE id = ? AND tenant = ? AND stage IN ('releasing', 'settled')
                     AND canceled_at IS NULL AND completed_at IS NULL\
              """);
      update.setLong(1, transaction.now());
      update.setString(2, id.value());
      update.setString(3, tenant.name());
      return update.executeUpdate();
    }
  }
}
