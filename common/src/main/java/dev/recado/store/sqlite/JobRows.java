package dev.recado.store.sqlite;

import dev.recado.job.ClaimedJob;
import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Priority;
import dev.recado.job.Setbacks;
import dev.recado.job.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows of the store into what they mean. */
final class JobRows {
  /** A job with its texts; ends in the place for a WHERE. */
  static final String SELECT_JOB =
      """
      SELECT j.id, j.tenant, j.kind, j.state, j.model, j.retry_of, j.deadline,
             j.attempt - j.throttles - j.interruptions AS attempts,
             j.priority, j.run_at, j.started_at, j.completed_at, i.input, i.metadata, i.webhook,
             o.result, o.error
        FROM jobs j LEFT JOIN job_inputs i USING (seq) LEFT JOIN job_outputs o USING (seq)
      """;

  private static final List<Priority> PRIORITIES = List.of(Priority.values());

  private final OutcomeJson json;

  JobRows(OutcomeJson json) {
    this.json = json;
  }

  Job job(ResultSet row) throws SQLException {
    var id = new JobId(row.getString("id"));
    var input = row.getString("input");
    return new Job(
        id,
        new Tenant(row.getString("tenant")),
        row.getString("kind"),
        state(row.getString("state")),
        row.getString("model"),
        input,
        row.getString("metadata"),
        row.getInt("attempts"),
        id.createdAt(),
        instant(row, "started_at"),
        instant(row, "completed_at"),
        priority(row.getInt("priority")),
        instant(row, "run_at"),
        Instant.ofEpochMilli(row.getLong("deadline")),
        jobId(row.getString("retry_of")),
        row.getString("webhook"),
        input == null,
        json.readResult(row.getString("result")),
        json.readError(row.getString("error")));
  }

  /** The columns of a claim, by number: looking names up costs as much as reading the row. */
  static final String CLAIM_COLUMNS =
      "seq, id, tenant, kind, model, attempt, deadline, failures, throttles, crashes,"
          + " interruptions, priority";

  static ClaimedJob claimed(ResultSet row, String input) throws SQLException {
    var id = new JobId(row.getString(2));
    return new ClaimedJob(
        row.getLong(1),
        id,
        new Tenant(row.getString(3)),
        row.getString(4),
        row.getString(5),
        input,
        priority(row.getInt(12)),
        row.getInt(6),
        id.createdAt(),
        Instant.ofEpochMilli(row.getLong(7)),
        new Setbacks(row.getInt(8), row.getInt(9), row.getInt(10), row.getInt(11)));
  }

  /** Where a job is counted that has been claimed before; of the columns tenant and priority. */
  static Account account(ResultSet row) throws SQLException {
    return Account.of(new Tenant(row.getString("tenant")), priority(row.getInt("priority")));
  }

  /** Where any job is counted; of the columns tenant, priority, attempt and run_after. */
  static Account accountOfAny(ResultSet row) throws SQLException {
    var isPutOff = row.getObject("run_after") != null;
    var line = Line.of(priority(row.getInt("priority")), row.getInt("attempt"), isPutOff);
    return new Account(new Tenant(row.getString("tenant")), line);
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

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
