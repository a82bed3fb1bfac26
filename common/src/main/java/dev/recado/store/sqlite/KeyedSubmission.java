package dev.recado.store.sqlite;

import static java.util.Objects.requireNonNullElse;

import dev.recado.job.IdempotencyKey;
import dev.recado.job.JobId;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import dev.recado.store.OnceOutcome;
import dev.recado.store.Receipt;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Puts a new job into the queue, unless its key has been used. Two of one key are never told that
 * one of them is still under way: the second waits for the first one's transaction, or shares it.
 */
record KeyedSubmission(NewJob job, IdempotencyKey key) implements WriteCommand<OnceOutcome> {
  private static final long NO_POSITION = 0;
  private static final String FIND =
      """
      SELECT fingerprint, job_id, deadline, queued FROM idempotency_keys
       WHERE tenant = ? AND key = ?\
      """;

  @Override
  public OnceOutcome apply(Transaction transaction) throws SQLException {
    var used = find(transaction.prepare(FIND), job.tenant(), key);
    if (used.isPresent()) {
      return used.get();
    }
    var receipt = new Submission(job).apply(transaction);
    remember(transaction, receipt);
    return new OnceOutcome.Accepted(job, receipt);
  }

  @Override
  public Turn turn() {
    return Turn.ARRIVALS;
  }

  /** What the key has stood for until now. */
  static Optional<OnceOutcome> find(Statements statements, Tenant tenant, IdempotencyKey key)
      throws SQLException {
    return find(statements.prepare(FIND), tenant, key);
  }

  private static Optional<OnceOutcome> find(
      PreparedStatement query, Tenant tenant, IdempotencyKey key) throws SQLException {
    query.setString(1, tenant.name());
    query.setString(2, key.value());
    try (var row = query.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      if (!row.getString(1).equals(key.fingerprint())) {
        return Optional.of(new OnceOutcome.KeyReused());
      }
      var position = row.getLong(4);
      return Optional.of(
          new OnceOutcome.Repeated(
              new JobId(row.getString(2)),
              Instant.ofEpochMilli(row.getLong(3)),
              position == NO_POSITION ? null : position));
    }
  }

  private void remember(Transaction transaction, Receipt receipt) throws SQLException {
    var insert =
        transaction.prepare(
            """
            INSERT INTO idempotency_keys (tenant, key, fingerprint, job_id, deadline, queued)
            VALUES (?, ?, ?, ?, ?, ?)\
            """);
    insert.setString(1, job.tenant().name());
    insert.setString(2, key.value());
    insert.setString(3, key.fingerprint());
    insert.setString(4, job.id().value());
    insert.setLong(5, receipt.deadline().toEpochMilli());
    insert.setLong(6, requireNonNullElse(receipt.position(), NO_POSITION));
    insert.executeUpdate();
  }

  /** Forgets the keys of a job that is about to be dropped. */
  static void forget(Transaction transaction, long seq) throws SQLException {
    var delete =
        transaction.prepare(
            "DELETE FROM idempotency_keys WHERE job_id = (SELECT id FROM jobs WHERE seq = ?)");
    delete.setLong(1, seq);
    delete.executeUpdate();
  }
}
