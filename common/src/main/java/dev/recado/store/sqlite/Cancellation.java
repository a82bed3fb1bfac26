package dev.recado.store.sqlite;

import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.store.CancelOutcome;
import dev.recado.store.CancelOutcome.Canceled;
import java.sql.SQLException;

/** Cancels a job that is not finished. */
record Cancellation(Tenant tenant, JobId id, JobRows rows) implements WriteCommand<CancelOutcome> {

  @Override
  public CancelOutcome apply(Transaction transaction) throws SQLException {
    var before = Lookup.find(transaction.prepare(Lookup.FIND), tenant, id, rows);
    if (before.isEmpty()) {
      return new CancelOutcome.Unknown();
    }
    var state = before.get().state();
    if (state.canBecome(JobState.CANCELED)) {
      cancel(transaction, state);
    }
    var after = Lookup.find(transaction.prepare(Lookup.FIND), tenant, id, rows).orElseThrow();
    return after.state() == JobState.CANCELED
        ? new Canceled(after, from(state))
        : new CancelOutcome.AlreadyFinished(after);
  }

  private static Canceled.From from(JobState before) {
    return switch (before) {
      case QUEUED -> Canceled.From.QUEUE;
      case PROCESSING -> Canceled.From.WORKER;
      default -> Canceled.From.CANCELED_BEFORE;
    };
  }

  // The owner stays on the row until its worker has noticed (jobs_taken_away).
  private void cancel(Transaction transaction, JobState from) throws SQLException {
    var account = account(transaction);
    var update =
        transaction.prepare(
            """
            UPDATE jobs SET state = 'canceled', completed_at = ?, run_after = NULL
             WHERE id = ? AND tenant = ?\
            """);
    update.setLong(1, transaction.now());
    update.setString(2, id.value());
    update.setString(3, tenant.name());
    update.executeUpdate();
    transaction.counters().moved(account, from, JobState.CANCELED);
  }

  private Account account(Transaction transaction) throws SQLException {
    var query =
        transaction.prepare(
            """
            SELECT tenant, priority, attempt, run_after, batch FROM jobs WHERE id = ? AND tenant = ?\
            """);
    query.setString(1, id.value());
    query.setString(2, tenant.name());
    try (var row = query.executeQuery()) {
      row.next();
      return JobRows.accountOfAny(row);
    }
  }
}
