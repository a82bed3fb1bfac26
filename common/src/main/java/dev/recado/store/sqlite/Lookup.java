package dev.recado.store.sqlite;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import dev.recado.store.JobStore;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** Reads one job for its owner. */
final class Lookup {
  static final String FIND = JobRows.SELECT_JOB + " WHERE j.id = ? AND j.tenant = ?";

  private static final String AHEAD =
      """
      FROM jobs INDEXED BY jobs_waiting
      WHERE state = 'queued' AND run_after IS NULL AND seq <= ?\
      """;
  private static final String COUNT_AHEAD =
      "SELECT count(*) FROM (SELECT 1 %s LIMIT %d)".formatted(AHEAD, JobStore.EXACT_POSITIONS + 1);
  private static final String HEAD = "SELECT seq " + AHEAD + " ORDER BY seq LIMIT 1";

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

  Optional<Long> queuePosition(Tenant tenant, JobId id) {
    return readers.read(statements -> {
      var seq = claimableSeq(statements, tenant, id);
      // Two looks: a job that was claimed between them counts nobody ahead, not even itself.
      return seq.isEmpty()
          ? Optional.empty()
          : Optional.of(position(statements, seq.get())).filter(position -> position > 0);
    });
  }

  private static Optional<Long> claimableSeq(Statements statements, Tenant tenant, JobId id)
      throws SQLException {
    var query =
        statements.prepare(
            """
            SELECT seq FROM jobs
             WHERE id = ? AND tenant = ? AND state = 'queued' AND run_after IS NULL\
            """);
    query.setString(1, id.value());
    query.setString(2, tenant.name());
    try (var row = query.executeQuery()) {
      return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
    }
  }

  /** Counts the jobs ahead up to a bound, and beyond it takes the distance to the head instead. */
  private static long position(Statements statements, long seq) throws SQLException {
    var counted = number(statements, COUNT_AHEAD, seq);
    if (counted <= JobStore.EXACT_POSITIONS) {
      return counted;
    }
    var head = number(statements, HEAD, seq);
    return Math.max(roundedDown(seq - head + 1), JobStore.EXACT_POSITIONS);
  }

  private static long roundedDown(long position) {
    return position - position % 100;
  }

  private static long number(Statements statements, String sql, long seq) throws SQLException {
    var query = statements.prepare(sql);
    query.setLong(1, seq);
    try (var row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
