package dev.recado.store.sqlite;

import dev.recado.job.ErrorCode;
import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.store.JobPage;
import dev.recado.store.JobQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads jobs page by page, newest first. Which index leads is said here and not left to the
 * planner, as the wrong one reads the whole table.
 */
final class Listing {
  /**
   * Up to so many are sorted at each look; beyond it, the newest jobs are taken to be queued ones.
   */
  private static final long FEW = 10_000;

  private static final String PAGE =
      "SELECT "
          + JobRows.LISTED
          + "FROM jobs j"
          + JobRows.WITH_TEXTS
          + """
           WHERE j.seq IN (SELECT seq FROM jobs %s WHERE tenant = ?%s ORDER BY id DESC LIMIT ?)
           ORDER BY j.id DESC\
          """;

  private static final String FAILURES =
      "SELECT "
          + JobRows.WITHOUT_TEXTS
          + "FROM jobs j"
          + JobRows.WITH_TEXTS
          + """
           WHERE j.seq IN (SELECT seq FROM jobs INDEXED BY jobs_failed
                            WHERE tenant = ?%s ORDER BY id DESC LIMIT ?)
           ORDER BY j.id DESC\
          """;

  private final Readers readers;
  private final JobRows rows;
  private final Overview overview;

  Listing(Readers readers, JobRows rows, Overview overview) {
    this.readers = readers;
    this.rows = rows;
    this.overview = overview;
  }

  JobPage page(JobQuery wanted) {
    return page(wanted, jobs(wanted));
  }

  private static JobPage page(JobQuery wanted, List<Job> jobs) {
    if (jobs.size() <= wanted.limit()) {
      return new JobPage(jobs, null);
    }
    var page = jobs.subList(0, wanted.limit());
    return new JobPage(page, page.getLast().id());
  }

  /** The failed jobs of one error, without their texts. */
  JobPage failures(
      Tenant tenant,
      ErrorCode code,
      @Nullable Instant createdAfter,
      @Nullable Instant createdBefore,
      int limit,
      @Nullable JobId cursor) {
    var wanted = new JobQuery(tenant, JobState.FAILED, createdAfter, createdBefore, limit, cursor);
    var conditions = new StringBuilder(" AND error_code = ? AND error_code IS NOT NULL");
    var values = new ArrayList<String>(List.of(tenant.name(), code.wireName()));
    restrict(wanted, conditions, values);
    return page(wanted, read(FAILURES.formatted(conditions), values, limit + 1));
  }

  /** One job more than wanted, to see whether there is a next page. */
  private List<Job> jobs(JobQuery wanted) {
    var conditions = new StringBuilder(stateCondition(wanted.state()));
    var values = new ArrayList<String>(List.of(wanted.tenant().name()));
    restrict(wanted, conditions, values);
    return read(PAGE.formatted(index(wanted), conditions), values, wanted.limit() + 1);
  }

  private static void restrict(JobQuery wanted, StringBuilder conditions, List<String> values) {
    // An id begins with its time, so age and place in the list are ranges of the same index.
    if (wanted.createdAfter() != null) {
      conditions.append(" AND id >= ?");
      values.add(JobId.earliestAt(wanted.createdAfter()).value());
    }
    if (wanted.createdBefore() != null) {
      conditions.append(" AND id < ?");
      values.add(JobId.earliestAt(wanted.createdBefore()).value());
    }
    if (wanted.cursor() != null) {
      conditions.append(" AND id < ?");
      values.add(wanted.cursor().value());
    }
  }

  // Literals: a partial index serves only a condition that the planner can read.
  private static String stateCondition(@Nullable JobState state) {
    if (state == null) {
      return "";
    }
    var condition = " AND state = '%s'".formatted(state.wireName());
    return state.isTerminal() ? condition + " AND completed_at IS NOT NULL" : condition;
  }

  private String index(JobQuery wanted) {
    return switch (wanted.state()) {
      case null -> byId();
      case QUEUED -> areFewQueued(wanted) ? "INDEXED BY jobs_waiting" : byId();
      case PROCESSING -> "INDEXED BY jobs_running";
      case SUCCEEDED, FAILED, CANCELED, EXPIRED -> "INDEXED BY jobs_ended";
    };
  }

  private static String byId() {
    return "INDEXED BY sqlite_autoindex_jobs_1";
  }

  private boolean areFewQueued(JobQuery wanted) {
    return overview.of(wanted.tenant()).queued() <= FEW;
  }

  private List<Job> read(String sql, List<String> values, int atMost) {
    return readers.read(statements -> {
      var query = statements.prepare(sql);
      for (var i = 0; i < values.size(); i++) {
        query.setString(i + 1, values.get(i));
      }
      query.setInt(values.size() + 1, atMost);
      try (var row = query.executeQuery()) {
        return all(row);
      }
    });
  }

  private List<Job> all(ResultSet row) throws SQLException {
    var jobs = new ArrayList<Job>();
    while (row.next()) {
      jobs.add(rows.job(row));
    }
    return jobs;
  }
}
