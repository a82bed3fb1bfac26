package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Settlement;
import dev.recado.job.WorkerId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must hold in every history: one outcome per job, a terminal state is final, attempts only
 * grow, nobody is robbed of a job while its lease is good, and in the end every job has ended.
 */
final class HistoryChecker {
  private final Map<JobId, JobState> ended = new HashMap<>();
  private final Map<JobId, ClaimedJob> newestClaim = new HashMap<>();
  private final Map<JobId, WorkerId> holder = new HashMap<>();
  private final Map<WorkerId, Instant> leases = new HashMap<>();
  private final Set<WorkerId> gone = new HashSet<>();

  void leased(WorkerId worker, Instant until) {
    leases.put(worker, until);
  }

  void signedOff(WorkerId worker) {
    gone.add(worker);
  }

  /** A sweep at this time may take the jobs of those whose lease has lapsed, and of no others. */
  void swept(Instant now) {
    leases.forEach((worker, until) -> {
      if (until.isBefore(now)) {
        gone.add(worker);
      }
    });
  }

  void claimed(WorkerId worker, ClaimedJob job) {
    assertThat(ended).as("a finished job is never claimed").doesNotContainKey(job.id());
    var before = newestClaim.put(job.id(), job);
    if (before != null) {
      assertThat(job.attempt()).as("attempts only grow").isGreaterThan(before.attempt());
    }
    var robbed = holder.put(job.id(), worker);
    if (robbed != null) {
      assertThat(gone).as("nobody is robbed while its lease is good").contains(robbed);
    }
  }

  void settled(ClaimedJob job, Settlement settlement) {
    assertThat(newestClaim.get(job.id()))
        .as("only the newest attempt settles a job")
        .isEqualTo(job);
    holder.remove(job.id());
    if (settlement.next().isTerminal()) {
      looked(job.id(), settlement.next());
    }
  }

  /** A state somebody has seen. */
  void looked(JobId job, JobState state) {
    var before = ended.get(job);
    if (before != null) {
      assertThat(state).as("a terminal state is final").isEqualTo(before);
    }
    if (state.isTerminal()) {
      ended.put(job, state);
    }
  }

  void everythingEnded(List<JobId> jobs, States states) throws SQLException {
    for (var job : jobs) {
      assertThat(states.of(job).isTerminal()).as("%s ends after the faults do", job).isTrue();
    }
  }

  void countersEqual(Transaction transaction, Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                SELECT count(*) FROM
                  (SELECT state, n FROM job_counts WHERE n <> 0 AND tenant <> ''
                   EXCEPT SELECT state, count(*) FROM jobs GROUP BY state)\
                """)) {
      row.next();
      assertThat(row.getInt(1)).as("counters that differ from a count").isZero();
    }
    assertThat(wrongLines(connection)).as("lines that differ from a count").isZero();
  }

  /** How many lines are not as long as they are said to be. */
  static int wrongLines(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                WITH counted(line, n) AS (
                  SELECT CASE WHEN attempt = 0 AND run_after IS NOT NULL THEN 'later'
                              WHEN priority = 0 THEN 'high' ELSE 'low' END, count(*)
                    FROM jobs
                   WHERE state = 'queued'
                         AND (priority <> 1 OR attempt = 0 AND run_after IS NOT NULL)
                   GROUP BY 1),
                  kept(line, n) AS (SELECT line, n FROM line_counts WHERE n <> 0)
                SELECT (SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted))
                     + (SELECT count(*) FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept))\
                """)) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Looks a job's state up. */
  @FunctionalInterface
  interface States {
    JobState of(JobId job) throws SQLException;
  }
}
