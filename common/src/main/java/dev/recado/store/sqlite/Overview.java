package dev.recado.store.sqlite;

import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.store.QueueSnapshot;
import dev.recado.store.StoreLoad;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queue at a glance, from counters and the heads of indexes. */
final class Overview {
  private static final String LOAD =
      """
      SELECT (SELECT max(seq) FROM jobs),
             sum(n) FILTER (WHERE state = 'queued'),
             sum(n) FILTER (WHERE state = 'processing'),
             sum(n) FILTER (WHERE state = 'expired')
        FROM job_counts\
      """;

  private final Readers readers;
  private final Clock clock;

  Overview(Readers readers, Clock clock) {
    this.readers = readers;
    this.clock = clock;
  }

  QueueSnapshot of(Tenant tenant) {
    return readers.read(statements ->
        new QueueSnapshot(
            count(statements, tenant, JobState.QUEUED),
            count(statements, tenant, JobState.PROCESSING),
            oldestAge(statements),
            workers(statements)));
  }

  /** As one statement, so that the counts are of one moment. */
  StoreLoad load(long freeBytes) {
    return readers.read(statements -> {
      try (var row = statements.prepare(LOAD).executeQuery()) {
        row.next();
        return new StoreLoad(
            row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), freeBytes);
      }
    });
  }

  private static long count(Statements statements, Tenant tenant, JobState state)
      throws SQLException {
    var query = statements.prepare("SELECT n FROM job_counts WHERE tenant = ? AND state = ?");
    query.setString(1, tenant.name());
    query.setString(2, state.wireName());
    try (var row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private @Nullable Duration oldestAge(Statements statements) throws SQLException {
    var query =
        statements.prepare(
            """
            SELECT id FROM jobs INDEXED BY jobs_waiting
             WHERE state = 'queued' AND run_after IS NULL ORDER BY seq LIMIT 1\
            """);
    try (var row = query.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      var age = Duration.between(new JobId(row.getString(1)).createdAt(), clock.instant());
      return age.isNegative() ? Duration.ZERO : age;
    }
  }

  private List<QueueSnapshot.Worker> workers(Statements statements) throws SQLException {
    var query =
        statements.prepare(
            """
            SELECT w.id, w.slots, w.last_seen,
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
        row.getString(1), row.getInt(2), row.getInt(4), Instant.ofEpochMilli(row.getLong(3)));
  }
}
