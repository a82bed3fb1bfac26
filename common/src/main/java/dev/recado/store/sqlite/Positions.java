package dev.recado.store.sqlite;

import dev.recado.job.JobId;
import dev.recado.job.Priority;
import dev.recado.job.Tenant;
import dev.recado.store.JobStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Places in line. The jobs ahead are counted up to a bound. Beyond it their number is estimated
 * from counters: the line is taken to be as dense from the last one that was counted to its end, so
 * that the cost does not grow with it. Not from its head: that may be a retry which is far older
 * than the rest.
 */
final class Positions {
  private static final String AHEAD =
      "FROM jobs INDEXED BY jobs_waiting WHERE %s AND priority = ?1 AND seq <= ?2"
          .formatted(Claimable.IN_LINE);

  /**
   * The last that is counted, if there are so many. To pass over jobs takes less than half of what
   * it takes to count them and find the last, and it is all that is done for whoever is far back.
   */
  private static final String LAST_COUNTED =
      "SELECT seq %s ORDER BY seq LIMIT 1 OFFSET %d".formatted(AHEAD, JobStore.EXACT_POSITIONS);

  private static final String COUNT = "SELECT count(*) " + AHEAD;
  private static final String LAST = "SELECT max(seq) " + AHEAD;

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
            "SELECT priority, seq FROM jobs WHERE id = ? AND tenant = ? AND " + Claimable.IN_LINE);
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
    var lastCounted = number(statements, LAST_COUNTED, place);
    if (lastCounted.isEmpty()) {
      return number(statements, COUNT, place).orElseThrow();
    }
    var counted = JobStore.EXACT_POSITIONS + 1;
    return counted + estimate(statements, place, counted, lastCounted.getAsLong());
  }

  /** How many are between this place and the last of those that were counted. */
  private static long estimate(Statements statements, Place place, long counted, long lastCounted)
      throws SQLException {
    var rest = Math.max(0, Overview.waiting(statements).of(place.priority()) - counted);
    var end = new Place(place.priority(), Long.MAX_VALUE);
    var last = number(statements, LAST, end).orElseThrow();
    return place.seq() >= last
        ? rest
        : Math.round((double) rest * (place.seq() - lastCounted) / (last - lastCounted));
  }

  private static OptionalLong number(Statements statements, String sql, Place place)
      throws SQLException {
    var query = statements.prepare(sql);
    query.setInt(1, place.priority().rank());
    query.setLong(2, place.seq());
    try (var row = query.executeQuery()) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
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
