package dev.recado.store.sqlite;

import dev.recado.job.JobId;
import dev.recado.job.Priority;
import dev.recado.job.Tenant;
import dev.recado.store.JobStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Places in line. The jobs ahead are counted up to a bound. Beyond it their number is estimated:
 * the rows between the head of the line and the job are asked here and there whether they still
 * wait, so that the cost does not grow with the line.
 */
final class Positions {
  private static final int SAMPLES = 64;

  private static final String AHEAD =
      """
      FROM jobs INDEXED BY jobs_waiting
      WHERE state = 'queued' AND run_after IS NULL AND priority = ?1 AND seq <= ?2\
      """;
  private static final String COUNT_AHEAD =
      "SELECT count(*) FROM (SELECT 1 %s LIMIT %d)".formatted(AHEAD, JobStore.EXACT_POSITIONS + 1);
  private static final String HEAD = "SELECT seq " + AHEAD + " ORDER BY seq LIMIT 1";
  private static final String TAIL = "SELECT seq " + AHEAD + " ORDER BY seq DESC LIMIT 1";

  private static final String SAMPLE =
      """
      WITH RECURSIVE step(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM step WHERE i < %d)
      SELECT count(*) FROM step CROSS JOIN jobs j ON j.seq = ?1 + (?2 - ?1) * i / %d
       WHERE j.state = 'queued' AND j.run_after IS NULL AND j.priority = ?3\
      """
          .formatted(SAMPLES - 1, SAMPLES - 1);

  private final Readers readers;

  Positions(Readers readers) {
    this.readers = readers;
  }

  Optional<Long> of(Tenant tenant, JobId id) {
    return readers.read(statements -> {
      var place = place(statements, tenant, id);
      // Several looks: a job that was claimed between them counts nobody ahead, not even itself.
      return place.isEmpty()
          ? Optional.empty()
          : Optional.of(position(statements, place.get())).filter(position -> position > 0);
    });
  }

  private record Place(Priority priority, long seq) {
    static Place read(ResultSet row) throws SQLException {
      return new Place(JobRows.priority(row.getInt(1)), row.getLong(2));
    }
  }

  private static Optional<Place> place(Statements statements, Tenant tenant, JobId id)
      throws SQLException {
    var query =
        statements.prepare(
            """
            SELECT priority, seq FROM jobs
             WHERE id = ? AND tenant = ? AND state = 'queued' AND run_after IS NULL\
            """);
    query.setString(1, id.value());
    query.setString(2, tenant.name());
    try (var row = query.executeQuery()) {
      return row.next() ? Optional.of(Place.read(row)) : Optional.empty();
    }
  }

  private static long position(Statements statements, Place place) throws SQLException {
    var ahead = ahead(statements, place);
    if (ahead == 0) {
      return 0;
    }
    for (var priority : Priority.values()) {
      if (priority.compareTo(place.priority()) < 0) {
        ahead += ahead(statements, new Place(priority, Long.MAX_VALUE));
      }
    }
    return ahead <= JobStore.EXACT_POSITIONS ? ahead : rounded(ahead);
  }

  /** How many of one priority wait up to this place. */
  private static long ahead(Statements statements, Place place) throws SQLException {
    var counted = number(statements, COUNT_AHEAD, place);
    return counted <= JobStore.EXACT_POSITIONS ? counted : estimate(statements, place);
  }

  private static long estimate(Statements statements, Place place) throws SQLException {
    var head = number(statements, HEAD, place);
    var tail = number(statements, TAIL, place);
    var query = statements.prepare(SAMPLE);
    query.setLong(1, head);
    query.setLong(2, tail);
    query.setInt(3, place.priority().rank());
    try (var row = query.executeQuery()) {
      row.next();
      var estimate = (tail - head + 1) * row.getLong(1) / SAMPLES;
      return Math.max(estimate, JobStore.EXACT_POSITIONS + 1);
    }
  }

  private static long number(Statements statements, String sql, Place place) throws SQLException {
    var query = statements.prepare(sql);
    query.setInt(1, place.priority().rank());
    query.setLong(2, place.seq());
    try (var row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** To two digits; what is more would be made up. */
  private static long rounded(long position) {
    var unit = 1L;
    while (position / unit >= 100) {
      unit *= 10;
    }
    return position / unit * unit;
  }
}
