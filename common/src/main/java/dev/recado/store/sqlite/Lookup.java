package dev.recado.store.sqlite;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** Reads one job, or its state, for its owner. */
final class Lookup {
  static final String FIND = find(JobRows.JOB_COLUMNS);

  static final String FIND_OUTCOME = find(JobRows.WITHOUT_INPUT);

  private static final String STATE = "SELECT state FROM jobs WHERE id = ? AND tenant = ?";

  private final Readers readers;
  private final JobRows rows;

  Lookup(Readers readers, JobRows rows) {
    this.readers = readers;
    this.rows = rows;
  }

  private static String find(String columns) {
    return JobRows.select(columns) + " WHERE j.id = ? AND j.tenant = ?";
  }

  Optional<Job> find(Tenant tenant, JobId id) {
    return readers.read(statements -> find(statements.prepare(FIND), tenant, id, rows));
  }

  Optional<Job> findOutcome(Tenant tenant, JobId id) {
    return readers.read(statements -> find(statements.prepare(FIND_OUTCOME), tenant, id, rows));
  }

  Optional<JobState> state(Tenant tenant, JobId id) {
    return readers.read(statements -> {
      var query = statements.prepare(STATE);
      query.setString(1, id.value());
      query.setString(2, tenant.name());
      try (var row = query.executeQuery()) {
        return row.next() ? Optional.of(JobRows.state(row.getString(1))) : Optional.empty();
      }
    });
  }

  static Optional<Job> find(PreparedStatement query, Tenant tenant, JobId id, JobRows rows)
      throws SQLException {
    query.setString(1, id.value());
    query.setString(2, tenant.name());
    try (var row = query.executeQuery()) {
      return row.next() ? Optional.of(rows.job(row)) : Optional.empty();
    }
  }
}
