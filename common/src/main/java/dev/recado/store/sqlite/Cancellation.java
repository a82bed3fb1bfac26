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
      live(transaction).cancel(transaction);
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

  private LiveJob live(Transaction transaction) throws SQLException {
    var query =
        transaction.prepare(
            "SELECT %s FROM jobs j WHERE j.id = ? AND j.tenant = ?".formatted(LiveJob.COLUMNS));
    query.setString(1, id.value());
    query.setString(2, tenant.name());
    try (var row = query.executeQuery()) {
      row.next();
      return LiveJob.read(row);
    }
  }
}
