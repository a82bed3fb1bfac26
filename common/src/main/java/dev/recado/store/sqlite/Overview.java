package dev.recado.store.sqlite;

import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Priority;
import dev.recado.job.Tenant;
import dev.recado.store.QueueSnapshot;
import dev.recado.store.StoreLoad;
import dev.recado.store.Waiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queue at a glance, from counters and the heads of indexes. */
final class Overview {
  private static final String LOAD =
      """
      SELECT (SELECT max(seq) FROM jobs),
             coalesce(sum(n) FILTER (WHERE state = 'queued'), 0),
             sum(n) FILTER (WHERE state = 'processing'),
             sum(n) FILTER (WHERE state IN ('expired', 'canceled')),
             (SELECT coalesce(sum(n), 0) FROM line_counts WHERE line = 'high'),
             (SELECT coalesce(sum(n), 0) FROM line_counts WHERE line = 'low'),
             (SELECT coalesce(sum(n), 0) FROM line_counts WHERE line = 'later')
        FROM job_counts\
      """;

  /** The first of each priority. */
  private static final String FIRSTS =
      Stream.of(Priority.values())
          .map(priority ->
              """
              SELECT id, run_at FROM jobs
               WHERE seq = (SELECT seq FROM jobs INDEXED BY jobs_waiting
                             WHERE %s AND priority = %d
                             ORDER BY seq LIMIT 1)\
              """
                  .formatted(Claimable.IN_LINE, priority.rank()))
          .collect(Collectors.joining(" UNION ALL "));

  private final Readers readers;
  private final Clock clock;

  Overview(Readers readers, Clock clock) {
    this.readers = readers;
    this.clock = clock;
  }

  QueueSnapshot of(Tenant tenant) {
    return readers.read(statements -> {
      var counts = counts(statements, tenant);
      var queued = counts.remove(JobState.QUEUED);
      var processing = counts.remove(JobState.PROCESSING);
      return new QueueSnapshot(
          queued == null ? 0 : queued,
          processing == null ? 0 : processing,
          counts,
          oldestAge(statements),
          workers(statements),
          Pause.since(statements).orElse(null));
    });
  }

  /** As one statement, so that the counts are of one moment. */
  StoreLoad load(long bytes, long freeBytes) {
    return readers.read(statements -> {
      try (var row = statements.prepare(LOAD).executeQuery()) {
        row.next();
        return new StoreLoad(
            row.getLong(1), waiting(row), row.getLong(3), row.getLong(4), bytes, freeBytes);
      }
    });
  }

  /** How many are queued, of all tenants. */
  static Waiting waiting(Statements statements) throws SQLException {
    try (var row = statements.prepare(LOAD).executeQuery()) {
      row.next();
      return waiting(row);
    }
  }

  private static Waiting waiting(ResultSet row) throws SQLException {
    var outOfLine = row.getLong(5) + row.getLong(6) + row.getLong(7);
    var normal = row.getLong(2) - outOfLine;
    return new Waiting(row.getLong(5), normal, row.getLong(6), row.getLong(7));
  }

  private static Map<JobState, Long> counts(Statements statements, Tenant tenant)
      throws SQLException {
    var query = statements.prepare("SELECT state, n FROM job_counts WHERE tenant = ?");
    query.setString(1, tenant.name());
    try (var row = query.executeQuery()) {
      var counts = new EnumMap<JobState, Long>(JobState.class);
      while (row.next()) {
        counts.put(JobState.fromWireName(row.getString(1)).orElseThrow(), row.getLong(2));
      }
      return counts;
    }
  }

  private @Nullable Duration oldestAge(Statements statements) throws SQLException {
    try (var row = statements.prepare(FIRSTS).executeQuery()) {
      var since = Optional.<Instant>empty();
      while (row.next()) {
        var waitsSince = waitsSince(row);
        since = since.filter(waitsSince::isAfter).or(() -> Optional.of(waitsSince));
      }
      var age = since.map(first -> Duration.between(first, clock.instant()));
      return age.map(time -> time.isNegative() ? Duration.ZERO : time).orElse(null);
    }
  }

  private static Instant waitsSince(ResultSet row) throws SQLException {
    var runAt = row.getLong("run_at");
    return row.wasNull() ? new JobId(row.getString("id")).createdAt() : Instant.ofEpochMilli(runAt);
  }

  private List<QueueSnapshot.Worker> workers(Statements statements) throws SQLException {
    var query =
        statements.prepare(
            """
            SELECT w.id, w.slots, w.last_seen, w.lease_until,
                   (SELECT count(*) FROM jobs WHERE state = 'processing' AND owner = w.id)
              FROM workers w WHERE w.lease_until >= ? ORDER BY w.id\
            """);
    query.setLong(1, clock.millis());
    try (var row = query.executeQuery()) {
      var workers = new ArrayList<QueueSnapshot.Worker>();
      while (row.next()) {
        workers.add(worker(row));
      }
      return workers;
    }
  }

  private static QueueSnapshot.Worker worker(ResultSet row) throws SQLException {
    return new QueueSnapshot.Worker(
        row.getString(1),
        row.getInt(2),
        row.getInt(5),
        Instant.ofEpochMilli(row.getLong(3)),
        Instant.ofEpochMilli(row.getLong(4)));
  }
}
