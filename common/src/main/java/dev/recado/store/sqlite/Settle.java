package dev.recado.store.sqlite;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobResult;
import dev.recado.job.JobState;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import dev.recado.store.HistoryEntry.Event;
import dev.recado.store.sqlite.Statistics.Measure;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Records how an attempt ended, if that attempt still holds the job.
 *
 * @param resultJson the answer, or the part of it there was
 * @param errorJson why there is none
 */
record Settle(
    ClaimedJob job, Settlement settlement, @Nullable String resultJson, @Nullable String errorJson)
    implements WriteCommand<Boolean> {
  private static final String END_ATTEMPT =
      """
      UPDATE jobs SET state = ?, run_after = ?, completed_at = ?, owner = NULL,
                      first_token_ms = ?, error_code = ?
       WHERE %s\
      """
          .formatted(Fence.HOLDS);

  static Settle of(ClaimedJob job, Settlement settlement, OutcomeJson json) {
    return switch (settlement) {
      case Settlement.Succeed(var result, _) ->
          new Settle(job, settlement, json.write(result), null);
      case Settlement.Fail(var error, var partial) ->
          new Settle(job, settlement, json.write(partial), json.write(error));
      case Settlement.Expire(var error) -> new Settle(job, settlement, null, json.write(error));
      case Settlement.Retry(_, var error, _) ->
          new Settle(job, settlement, null, json.write(error));
      case Settlement.HandBack _, Settlement.PutOff _ -> new Settle(job, settlement, null, null);
    };
  }

  private JobState next() {
    return settlement.next();
  }

  private @Nullable Instant notBefore() {
    return switch (settlement) {
      case Settlement.Retry(var time, _, _) -> time;
      case Settlement.PutOff(var time, _) -> time;
      case Settlement.Succeed _, Settlement.Fail _, Settlement.Expire _, Settlement.HandBack _ ->
          null;
    };
  }

  /** The job's setbacks, if they changed. */
  private @Nullable Setbacks setbacks() {
    return switch (settlement) {
      case Settlement.Retry(_, _, var setbacks) -> setbacks;
      case Settlement.PutOff(_, var setbacks) -> setbacks;
      case Settlement.HandBack(var setbacks) -> setbacks;
      case Settlement.Succeed _, Settlement.Fail _, Settlement.Expire _ -> null;
    };
  }

  @Override
  public Boolean apply(Transaction transaction) throws SQLException {
    remember(transaction);
    if (!endAttempt(transaction)) {
      transaction.statistics().fenced(job.tenant());
      return false;
    }
    count(transaction.statistics());
    transaction.counters().moved(Account.of(job), JobState.PROCESSING, next());
    writeOutcome(transaction, job.seq());
    writeSetbacks(transaction, job.seq());
    return true;
  }

  /** Before the attempt ends, as the history asks who holds the job. */
  private void remember(Transaction transaction) throws SQLException {
    switch (settlement) {
      case Settlement.Retry(var until, var error, _) ->
          History.add(transaction, job, Event.RETRY, error, until);
      case Settlement.PutOff(var until, _) ->
          History.add(transaction, job, Event.PUT_OFF, null, until);
      case Settlement.HandBack _ -> History.add(transaction, job, Event.HANDED_BACK, null, null);
      case Settlement.Succeed _, Settlement.Fail _, Settlement.Expire _ -> {}
    }
  }

  private void count(Statistics statistics) {
    switch (settlement) {
      case Settlement.Succeed(var result, _) -> countEnd(statistics, result);
      case Settlement.Fail(var error, var partial) -> {
        statistics.failed(job.tenant(), error.code().wireName());
        countEnd(statistics, partial);
      }
      case Settlement.Expire _ -> {}
      case Settlement.Retry(_, var error, _) ->
          statistics.retried(job.tenant(), error.code().wireName());
      case Settlement.PutOff _ -> statistics.retried(job.tenant(), Event.PUT_OFF.wireName());
      case Settlement.HandBack _ -> statistics.retried(job.tenant(), Event.HANDED_BACK.wireName());
    }
  }

  private void countEnd(Statistics statistics, @Nullable JobResult result) {
    statistics.took(job.tenant(), Measure.RUN_TIME, job.claimedAt().toEpochMilli());
    statistics.took(job.tenant(), Measure.TOTAL_TIME, job.dueAt().toEpochMilli());
    if (result != null && result.usage() != null) {
      statistics.used(job.tenant(), result.usage());
    }
  }

  private boolean endAttempt(Transaction transaction) throws SQLException {
    var update = transaction.prepare(END_ATTEMPT);
    update.setString(1, next().wireName());
    var notBefore = notBefore();
    NullableNumber.set(update, 2, notBefore == null ? null : notBefore.toEpochMilli());
    NullableNumber.set(update, 3, next().isTerminal() ? transaction.now() : null);
    NullableNumber.set(update, 4, firstToken());
    update.setString(5, errorCode());
    Fence.set(update, 6, job);
    return update.executeUpdate() == 1;
  }

  private @Nullable Long firstToken() {
    return settlement instanceof Settlement.Succeed(_, var firstToken) && firstToken != null
        ? firstToken.toMillis()
        : null;
  }

  private @Nullable String errorCode() {
    return settlement instanceof Settlement.Fail(var error, _) ? error.code().wireName() : null;
  }

  private void writeOutcome(Transaction transaction, long seq) throws SQLException {
    if (resultJson != null || errorJson != null) {
      Outputs.put(transaction, seq, job.worker(), resultJson, errorJson);
    }
  }

  private void writeSetbacks(Transaction transaction, long seq) throws SQLException {
    var setbacks = setbacks();
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
