package dev.recado.store.sqlite;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.job.Surrogates;
import dev.recado.job.Tenant;
import dev.recado.store.OutputChunk;
import dev.recado.store.Progress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What running attempts have said. A trigger drops it as soon as its job leaves {@code processing},
 * whoever makes it leave, so all chunks of a job are those of its running attempt.
 */
final class LiveOutput {
  // One statement, so that state and text are those of one moment.
  static final String FIND =
      """
      SELECT j.state, j.attempt - j.throttles - j.interruptions, j.started_at IS NOT NULL,
             j.attempt, (SELECT max(stop) FROM job_output_chunks WHERE seq = j.seq),
             c.stop, c.text
        FROM jobs j
        LEFT JOIN job_output_chunks c
               ON c.seq = j.seq AND c.stop > CASE j.attempt WHEN ?3 THEN ?4 ELSE 0 END
       WHERE j.id = ?1 AND j.tenant = ?2
       ORDER BY c.stop\
      """;

  private LiveOutput() {}

  static Optional<Progress> find(
      Statements statements, Tenant tenant, JobId id, int attempt, int from) throws SQLException {
    var query = statements.prepare(FIND);
    query.setString(1, id.value());
    query.setString(2, tenant.name());
    query.setInt(3, attempt);
    query.setInt(4, from);
    try (var row = query.executeQuery()) {
      return row.next() ? Optional.of(progress(row, attempt, from)) : Optional.empty();
    }
  }

  private static Progress progress(ResultSet row, int attempt, int from) throws SQLException {
    var state = JobRows.state(row.getString(1));
    var attempts = row.getInt(2);
    var wasStarted = row.getBoolean(3);
    var current = row.getInt(4);
    var length = row.getInt(5);
    var news = new StringBuilder();
    var stop = read(row, current == attempt ? from : 0, news);
    return new Progress(state, attempts, wasStarted, current, length, news.toString(), stop);
  }

  /** Reads on from the first row of a job, where the chunk is null if there is none. */
  private static int read(ResultSet row, int from, StringBuilder news) throws SQLException {
    var stop = 0;
    do {
      var chunk = row.getString(7);
      if (chunk != null) {
        stop = row.getInt(6);
        // Nobody was told half of a pair; whoever says so gets the whole of it.
        var known = Math.max(0, from - (stop - chunk.length()));
        news.append(chunk, Surrogates.notWithin(chunk, known), chunk.length());
      }
    } while (news.length() < Progress.ENOUGH && row.next());
    return stop;
  }

  /** Adds to what running attempts have said, and tells whose words were kept. */
  record Append(List<OutputChunk> chunks) implements WriteCommand<Set<JobId>> {
    // Or ignore: whoever is not sure that a chunk was kept may add it again.
    private static final String INSERT =
        """
        INSERT OR IGNORE INTO job_output_chunks (seq, stop, text)
        SELECT seq, ?, ? FROM jobs WHERE %s\
        """
            .formatted(Fence.HOLDS);

    @Override
    public Set<JobId> apply(Transaction transaction) throws SQLException {
      var kept = new HashSet<JobId>();
      for (var chunk : chunks) {
        if (insert(transaction, chunk)) {
          kept.add(chunk.job().id());
        }
      }
      return kept;
    }

    private static boolean insert(Transaction transaction, OutputChunk chunk) throws SQLException {
      var insert = transaction.prepare(INSERT);
      insert.setInt(1, chunk.stop());
      insert.setString(2, chunk.text());
      Fence.set(insert, 3, chunk.job());
      var kept = insert.executeUpdate() == 1;
      if (kept && chunk.start() == 0) {
        mark(transaction, chunk.job());
      }
      return kept;
    }

    /** Tells the trigger that there is something to drop. */
    private static void mark(Transaction transaction, ClaimedJob job) throws SQLException {
      var update =
          transaction.prepare("UPDATE jobs SET streamed = 1 WHERE seq = ? AND streamed = 0");
      update.setLong(1, job.seq());
      update.executeUpdate();
    }
  }
}
