package dev.recado.store.sqlite;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** Reads one job for its owner. */
final class Lookup {
  static final String FIND = JobRows.SELECT_JOB + " WHERE j.id = ? AND j.tenant = ?";

  private final Readers readers;
  private final JobRows rows;

  Lookup(Readers readers, JobRows rows) {
    this.readers = readers;
    this.rows = rows;
  }

  Optional<Job> find(Tenant tenant, JobId id) {
    return readers.read(statements -> find(statements.prepare(FIND), tenant, id, rows));
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
