package dev.recado.store.sqlite;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobState;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Records how an attempt ended, if that attempt still holds the job.
 *
 * @param resultJson the answer, or the part of it there was
 * @param errorJson why there is none
 * @param notBefore for a retry, when
 * @param setbacks the job's setbacks, if they changed
 */
record Settle(
    ClaimedJob job,
    JobState next,
    @Nullable String resultJson,
    @Nullable String errorJson,
    @Nullable Instant notBefore,
    @Nullable Setbacks setbacks)
    implements WriteCommand<Boolean> {

  static Settle of(ClaimedJob job, Settlement settlement, OutcomeJson json) {
    var next = settlement.next();
    return switch (settlement) {
      case Settlement.Succeed(var result) ->
          new Settle(job, next, json.write(result), null, null, null);
      case Settlement.Fail(var error, var partial) ->
          new Settle(job, next, json.write(partial), json.write(error), null, null);
      case Settlement.Expire(var error) ->
          new Settle(job, next, null, json.write(error), null, null);
      case Settlement.Retry(var notBefore, var error, var setbacks) ->
          new Settle(job, next, null, json.write(error), notBefore, setbacks);
      case Settlement.HandBack(var setbacks) -> new Settle(job, next, null, null, null, setbacks);
      case Settlement.PutOff(var notBefore, var setbacks) ->
          new Settle(job, next, null, null, notBefore, setbacks);
    };
  }

  @Override
  public Boolean apply(Transaction transaction) throws SQLException {
    if (!endAttempt(transaction)) {
      return false;
    }
    transaction.counters().moved(Account.of(job), JobState.PROCESSING, next);
    writeOutcome(transaction, job.seq());
    writeSetbacks(transaction, job.seq());
    return true;
  }

  // The id too: once the last row is purged, its seq is given to another job.
  private boolean endAttempt(Transaction transaction) throws SQLException {
    var update =
        transaction.prepare(
            """
            UPDATE jobs SET state = ?, run_after = ?, completed_at = ?, owner = NULL
             WHERE seq = ? AND id = ? AND state = 'processing' AND attempt = ?\
            """);
    update.setString(1, next.wireName());
    setTime(update, 2, notBefore == null ? null : notBefore.toEpochMilli());
    setTime(update, 3, next.isTerminal() ? transaction.now() : null);
    update.setLong(4, job.seq());
    update.setString(5, job.id().value());
    update.setInt(6, job.attempt());
    return update.executeUpdate() == 1;
  }

  private static void setTime(PreparedStatement statement, int index, @Nullable Long millis)
      throws SQLException {
    if (millis == null) {
      statement.setNull(index, Types.BIGINT);
    } else {
      statement.setLong(index, millis);
    }
  }

  private void writeOutcome(Transaction transaction, long seq) throws SQLException {
    if (resultJson != null || errorJson != null) {
      Outputs.put(transaction, seq, resultJson, errorJson);
    }
  }

  private void writeSetbacks(Transaction transaction, long seq) throws SQLException {
    if (setbacks == null) {
      return;
    }
    var update =
        transaction.prepare(
            "UPDATE jobs SET failures = ?, throttles = ?, interruptions = ? WHERE seq = ?");
    update.setInt(1, setbacks.failures());
    update.setInt(2, setbacks.throttles());
    update.setInt(3, setbacks.interruptions());
    update.setLong(4, seq);
    update.executeUpdate();
  }
}
