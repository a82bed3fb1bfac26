package dev.recado.store.sqlite;

import dev.recado.job.BatchId;
import dev.recado.job.ClaimedJob;
import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Priority;
import dev.recado.job.Setbacks;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows of the store into what they mean. */
final class JobRows {
  /** What {@link #job} reads; of the tables j and those that {@link #WITH_TEXTS} joins to it. */
  static final String JOB_COLUMNS =
      """
      j.id, j.tenant, j.kind, j.state, j.model, j.retry_of, j.deadline,
             j.attempt - j.throttles - j.interruptions AS attempts,
             j.priority, j.run_at, j.started_at, j.completed_at, i.input, i.metadata, i.webhook,
             o.result, o.error, b.id AS batch_id, j.first_token_ms, j.erased, j.traceparent
      """;

  /** The same, for lists: without the input, and an answer says no word. */
  static final String LISTED =
      JOB_COLUMNS
          .replace("i.input,", "NULL AS input,")
          .replace(
              "o.result,",
              "json_remove(o.result, '$.content', '$.reasoning', '$.toolCallsJson') AS result,");

  /** The same, with nothing of job_inputs: SQLite leaves a table out that no column is taken of. */
  static final String WITHOUT_INPUT =
      JOB_COLUMNS.replace(
          "i.input, i.metadata, i.webhook,", "NULL AS input, NULL AS metadata, NULL AS webhook,");

  /** The same, without any of its texts. */
  static final String WITHOUT_TEXTS = WITHOUT_INPUT.replace("o.result,", "NULL AS result,");

  static final String WITH_TEXTS =
      """
        LEFT JOIN job_inputs i ON i.seq = j.seq LEFT JOIN job_outputs o ON o.seq = j.seq
        LEFT JOIN batches b ON b.seq = j.batch
      """;

  /** A job by one of these lists of columns; ends in the place for a WHERE. */
  static String select(String columns) {
    return "SELECT " + columns + "FROM jobs j" + WITH_TEXTS;
  }

  private static final List<Priority> PRIORITIES = List.of(Priority.values());

  private final OutcomeJson json;

  JobRows(OutcomeJson json) {
    this.json = json;
  }

  Job job(ResultSet row) throws SQLException {
    var id = new JobId(row.getString("id"));
    var state = state(row.getString("state"));
    return new Job(
        id,
        new Tenant(row.getString("tenant")),
        row.getString("kind"),
        state,
        row.getString("model"),
        row.getString("input"),
        row.getString("metadata"),
        row.getInt("attempts"),
        id.createdAt(),
        instant(row, "started_at"),
        instant(row, "completed_at"),
        priority(row.getInt("priority")),
        instant(row, "run_at"),
        batchId(row.getString("batch_id")),
        Instant.ofEpochMilli(row.getLong("deadline")),
        jobId(row.getString("retry_of")),
        row.getString("webhook"),
        row.getBoolean("erased"),
        json.readResult(row.getString("result")),
        state == JobState.CANCELED ? null : json.readError(row.getString("error")),
        duration(row, "first_token_ms"),
        row.getString("traceparent"));
  }

  /** The columns of a claim, by number: looking names up costs as much as reading the row. */
  static final String CLAIM_COLUMNS =
      "seq, id, tenant, kind, model, attempt, deadline, failures, throttles, crashes,"
          + " interruptions, priority, batch, run_at, traceparent, "
          + History.NONSENSE;

  /** Of a row of those columns, and what was asked. */
  static ClaimedJob claimed(ResultSet row, String inputJson, WorkerId worker, long now)
      throws SQLException {
    var id = new JobId(row.getString(2));
    var runAt = row.getLong(14);
    return new ClaimedJob(
        row.getLong(1),
        id,
        new Tenant(row.getString(3)),
        row.getString(4),
        row.getString(5),
        inputJson,
        priority(row.getInt(12)),
        row.getInt(6),
        worker,
        id.createdAt(),
        Instant.ofEpochMilli(row.getLong(7)),
        batch(row, 13),
        new Setbacks(row.getInt(8), row.getInt(9), row.getInt(10), row.getInt(11), row.getInt(16)),
        Instant.ofEpochMilli(Math.max(runAt, id.createdAt().toEpochMilli())),
        Instant.ofEpochMilli(now),
        row.getString(15));
  }

  /** Where a job is counted that is in line; of the columns tenant, priority and batch. */
  static Account account(ResultSet row) throws SQLException {
    return new Account(tenant(row), Line.of(priority(row.getInt("priority"))), batch(row));
  }

  /** The like, without its batch; of the columns tenant and priority. */
  static Account accountAlone(ResultSet row) throws SQLException {
    return Account.of(tenant(row), Line.of(priority(row.getInt("priority"))));
  }

  private static Tenant tenant(ResultSet row) throws SQLException {
    return new Tenant(row.getString("tenant"));
  }

  private static @Nullable Long batch(ResultSet row) throws SQLException {
    return batch(row, row.findColumn("batch"));
  }

  private static @Nullable Long batch(ResultSet row, int column) throws SQLException {
    var batch = row.getLong(column);
    return row.wasNull() ? null : batch;
  }

  /** Where any job is counted; of the columns tenant, priority, attempt, run_after and batch. */
  static Account accountOfAny(ResultSet row) throws SQLException {
    var isPutOff = row.getObject("run_after") != null;
    var line = Line.of(priority(row.getInt("priority")), row.getInt("attempt"), isPutOff);
    return new Account(tenant(row), line, batch(row));
  }

  static Priority priority(int column) {
    return PRIORITIES.get(column);
  }

  static JobState state(String wireName) {
    return JobState.fromWireName(wireName)
        .orElseThrow(() -> new IllegalStateException("unknown state in the store: " + wireName));
  }

  private static @Nullable JobId jobId(@Nullable String text) {
    return text == null ? null : new JobId(text);
  }

  private static @Nullable BatchId batchId(@Nullable String text) {
    return text == null ? null : new BatchId(text);
  }

  private static @Nullable Duration duration(ResultSet row, String column) throws SQLException {
    var millis = row.getLong(column);
    return row.wasNull() ? null : Duration.ofMillis(millis);
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
