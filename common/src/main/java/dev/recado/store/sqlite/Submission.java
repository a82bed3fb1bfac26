package dev.recado.store.sqlite;

import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.store.Receipt;
import java.sql.SQLException;

/** Puts a new job into the queue. */
record Submission(NewJob job) implements WriteCommand<Receipt> {

  @Override
  public Receipt apply(Transaction transaction) throws SQLException {
    var createdAt = job.id().createdAt();
    var deadline = createdAt.plus(job.timeToLive());
    insertJob(transaction, deadline.toEpochMilli());
    insertInput(transaction);
    transaction.entered(job.tenant(), JobState.QUEUED);
    return new Receipt(createdAt, deadline, transaction.count(job.tenant(), JobState.QUEUED));
  }

  private void insertJob(Transaction transaction, long deadline) throws SQLException {
    var insert =
        transaction.prepare(
            """
            INSERT INTO jobs (id, tenant, kind, state, model, retry_of, deadline)
            VALUES (?, ?, ?, 'queued', ?, ?, ?)\
            """);
    insert.setString(1, job.id().value());
    insert.setString(2, job.tenant().name());
    insert.setString(3, job.kind());
    insert.setString(4, job.model());
    insert.setString(5, job.retryOf() == null ? null : job.retryOf().value());
    insert.setLong(6, deadline);
    insert.executeUpdate();
  }

  private void insertInput(Transaction transaction) throws SQLException {
    var insert =
        transaction.prepare(
            "INSERT INTO job_inputs (seq, input, metadata) VALUES (last_insert_rowid(), ?, ?)");
    insert.setString(1, job.inputJson());
    insert.setString(2, job.metadataJson());
    insert.executeUpdate();
  }
}
