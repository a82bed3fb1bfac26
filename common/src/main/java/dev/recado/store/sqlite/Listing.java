package dev.recado.store.sqlite;

import dev.recado.job.ErrorCode;
import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.store.JobPage;
import dev.recado.store.JobQuery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** Where many are queued, a page ends after a look at so many jobs, however short it is. */
  private static final int LOOK = 20_000;

  private static final String BY_ID = "INDEXED BY sqlite_autoindex_jobs_1";

  private static final String PAGE =
      JobRows.select(JobRows.LISTED)
          + """
           WHERE j.seq IN (SELECT seq FROM jobs %s WHERE tenant = ?%s ORDER BY id DESC LIMIT ?)
           ORDER BY j.id DESC\
          """;

  /** The last job of such a look, if there are as many. */
  private static final String EDGE =
      """
      SELECT id FROM jobs %s
       WHERE TRUE%%s ORDER BY id DESC LIMIT 1 OFFSET ?\
      """
          .formatted(BY_ID);

  private static final String FAILURES =
      JobRows.select(JobRows.WITHOUT_TEXTS)
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
    return wanted.state() == JobState.QUEUED && areManyQueued(wanted)
        ? newestQueued(wanted)
        : page(wanted, jobs(wanted, index(wanted.state()), Optional.empty()));
  }

  /** No further than a look: all the newer ones may have ended, and may be millions. */
  private JobPage newestQueued(JobQuery wanted) {
    var edge = edge(wanted);
    var page = page(wanted, jobs(wanted, BY_ID, edge));
    return page.nextCursor() == null ? new JobPage(page.jobs(), edge.orElse(null)) : page;
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
  private List<Job> jobs(JobQuery wanted, String index, Optional<JobId> edge) {
    var conditions = new StringBuilder(stateCondition(wanted.state()));
    var values = new ArrayList<String>(List.of(wanted.tenant().name()));
    restrict(wanted, conditions, values);
    edge.ifPresent(last -> {
      conditions.append(" AND id >= ?");
      values.add(last.value());
    });
    return read(PAGE.formatted(index, conditions), values, wanted.limit() + 1);
  }

  private Optional<JobId> edge(JobQuery wanted) {
    var conditions = new StringBuilder();
    var values = new ArrayList<String>();
    restrict(wanted, conditions, values);
    return readers.read(statements -> {
      var query = statements.prepare(EDGE.formatted(conditions));
      set(query, values, LOOK - 1);
      try (var row = query.executeQuery()) {
        return row.next() ? Optional.of(new JobId(row.getString(1))) : Optional.empty();
      }
    });
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

  private static String index(@Nullable JobState state) {
    return switch (state) {
      case null -> BY_ID;
      case QUEUED -> "INDEXED BY jobs_waiting";
      case PROCESSING -> "INDEXED BY jobs_running";
      case SUCCEEDED, FAILED, CANCELED, EXPIRED -> "INDEXED BY jobs_ended";
    };
  }

  private boolean areManyQueued(JobQuery wanted) {
    return overview.of(wanted.tenant()).queued() > FEW;
  }

  private List<Job> read(String sql, List<String> values, int atMost) {
    return readers.read(statements -> {
      var query = statements.prepare(sql);
      set(query, values, atMost);
      try (var row = query.executeQuery()) {
        return all(row);
      }
    });
  }

  private static void set(PreparedStatement query, List<String> values, int last)
      throws SQLException {
    for (var i = 0; i < values.size(); i++) {
      query.setString(i + 1, values.get(i));
    }
    query.setInt(values.size() + 1, last);
  }

  private List<Job> all(ResultSet row) throws SQLException {
    var jobs = new ArrayList<Job>();
    while (row.next()) {
      jobs.add(rows.job(row));
    }
    return jobs;
  }
}
