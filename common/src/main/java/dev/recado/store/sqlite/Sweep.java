package dev.recado.store.sqlite;

import dev.recado.job.Ending;
import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.JobState;
import dev.recado.lifecycle.FailPoint;
import dev.recado.store.HistoryEntry.Event;
import dev.recado.store.JobStore;
import dev.recado.store.SweepReport;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sets right what time has overtaken.
 *
 * @param lapsedBefore leases that ended before this are over; in milliseconds of Unix time
 */
record Sweep(int maxCrashes, long lapsedBefore, OutcomeJson json)
    implements WriteCommand<SweepReport> {
  /** A worker stops its own jobs at their deadline; after this long it has failed to. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final String OF_LOST_WORKERS =
      """
      state = 'processing'
      AND owner NOT IN (SELECT id FROM workers WHERE lease_until >= ?1)\
      """;

  // INDEXED BY: without it the planner reads the whole queue to find the few that are late.
  private static final String QUEUED_OVERDUE =
      "jobs j INDEXED BY jobs_deadline WHERE state = 'queued' AND deadline <= ?1";

  private static final String IS_DUE =
      """
      SELECT EXISTS (SELECT 1 FROM workers WHERE lease_until < ?3)
          OR EXISTS (SELECT 1 FROM jobs WHERE %s)
          OR EXISTS (SELECT 1 FROM jobs INDEXED BY jobs_waiting
                      WHERE state = 'queued' AND run_after <= ?1)
          OR EXISTS (SELECT 1 FROM %s)
          OR EXISTS (SELECT 1 FROM jobs WHERE state = 'processing' AND deadline <= ?2)\
      """
          .formatted(OF_LOST_WORKERS.replace("?1", "?3"), QUEUED_OVERDUE);

  /** Whether there is anything to do, asked of a reader so that idle sweeps take no lock. */
  boolean isDue(Statements statements, long now) throws SQLException {
    var query = statements.prepare(IS_DUE);
    query.setLong(1, now);
    query.setLong(2, now - GRACE.toMillis());
    query.setLong(3, lapsedBefore);
    try (var row = query.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** When the first job comes due that has to wait, or came due. */
  static Optional<Instant> nextDue(Statements statements) throws SQLException {
    var query =
        statements.prepare(
            """
            SELECT run_after FROM jobs INDEXED BY jobs_waiting
             WHERE state = 'queued' AND run_after > 0 ORDER BY run_after LIMIT 1\
            """);
    try (var row = query.executeQuery()) {
      return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
    }
  }

  @Override
  public SweepReport apply(Transaction transaction) throws SQLException {
    var ended = new ArrayList<>(expireOverdue(transaction));
    History.addAll(transaction, Event.WORKER_LOST, OF_LOST_WORKERS, lapsedBefore);
    ended.addAll(failPoison(transaction));
    var requeued = requeueOrphans(transaction);
    FailPoint.MID_SWEEP.reached();
    forgetLostWorkers(transaction);
    return SweepReport.of(requeued, ended, wakeDue(transaction));
  }

  private List<Ending> expireOverdue(Transaction transaction) throws SQLException {
    var error = JobError.late();
    var expired =
        new ArrayList<>(
            finish(transaction, JobState.EXPIRED, error, QUEUED_OVERDUE, transaction.now()));
    expired.addAll(
        finish(
            transaction,
            JobState.EXPIRED,
            error,
            "jobs j WHERE state = 'processing' AND deadline <= ?1",
            transaction.now() - GRACE.toMillis()));
    return expired;
  }

  private List<Ending> failPoison(Transaction transaction) throws SQLException {
    var error =
        JobError.ours(
            ErrorCode.WORKER_LOST,
            "The workers running this job were lost %d times.".formatted(maxCrashes),
            false);
    return finish(
        transaction,
        JobState.FAILED,
        error,
        "jobs j WHERE " + OF_LOST_WORKERS + " AND crashes + 1 >= " + maxCrashes,
        lapsedBefore);
  }

  /** Ends jobs {@code j}; the {@code ?1} of the table and condition is the given time. */
  private List<Ending> finish(
      Transaction transaction, JobState end, JobError error, String from, long time)
      throws SQLException {
    var late = find(transaction, from, time);
    for (var job : late) {
      job.end(transaction, end, end == JobState.FAILED ? error.code() : null);
      Outputs.put(transaction, job.seq(), null, null, json.write(error));
      if (end == JobState.FAILED) {
        transaction.statistics().failed(job.account().tenant(), error.code().wireName());
      }
    }
    return late.stream().map(job -> job.ending(end)).toList();
  }

  private static List<LiveJob> find(Transaction transaction, String from, long time)
      throws SQLException {
    var select =
        transaction.prepare(
            "SELECT %s FROM %s LIMIT %d".formatted(LiveJob.COLUMNS, from, JobStore.SWEPT_AT_ONCE));
    select.setLong(1, time);
    try (var row = select.executeQuery()) {
      return LiveJob.all(row);
    }
  }

  private int requeueOrphans(Transaction transaction) throws SQLException {
    var update =
        transaction.prepare(
            """
            UPDATE jobs SET state = 'queued', owner = NULL, crashes = crashes + 1
             WHERE %s RETURNING tenant, priority, batch\
            """
                .formatted(OF_LOST_WORKERS));
    update.setLong(1, lapsedBefore);
    var moved = 0;
    try (var row = update.executeQuery()) {
      for (; row.next(); moved++) {
        var account = JobRows.account(row);
        transaction.counters().moved(account, JobState.PROCESSING, JobState.QUEUED);
        transaction.statistics().retried(account.tenant(), Event.WORKER_LOST.wireName());
      }
    }
    return moved;
  }

  private void forgetLostWorkers(Transaction transaction) throws SQLException {
    var delete = transaction.prepare("DELETE FROM workers WHERE lease_until < ?");
    delete.setLong(1, lapsedBefore);
    delete.executeUpdate();
  }

  private static int wakeDue(Transaction transaction) throws SQLException {
    var update =
        transaction.prepare(
            """
            UPDATE jobs SET run_after = NULL
             WHERE seq IN (SELECT seq FROM jobs INDEXED BY jobs_waiting
                            WHERE state = 'queued' AND run_after <= ? LIMIT %d)
            RETURNING tenant, priority, batch, attempt = 0 AS is_new\
            """
                .formatted(JobStore.SWEPT_AT_ONCE));
    update.setLong(1, transaction.now());
    var due = 0;
    try (var row = update.executeQuery()) {
      for (; row.next(); due++) {
        if (row.getBoolean("is_new")) {
          transaction.counters().cameDue(JobRows.account(row));
        }
      }
    }
    return due;
  }
}
