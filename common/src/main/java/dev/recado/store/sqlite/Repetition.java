package dev.recado.store.sqlite;

import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Accepts failed jobs once more. */
record Repetition(Tenant tenant, List<JobId> failed, JobIds ids, JobRows rows)
    implements WriteCommand<Map<JobId, JobId>> {

  @Override
  public Map<JobId, JobId> apply(Transaction transaction) throws SQLException {
    var repeated = new LinkedHashMap<JobId, JobId>();
    for (var id : failed) {
      var job = Lookup.find(transaction.prepare(Lookup.FIND), tenant, id, rows);
      var input = job.isEmpty() ? null : job.get().inputJson();
      if (input != null
          && job.get().state() == JobState.FAILED
          && !repeated.containsKey(id)
          && !wasRepeated(transaction, id)) {
        var again = NewJob.repeating(job.get(), input, ids.next());
        transaction.arrivals().add(again);
        repeated.put(id, again.id());
      }
    }
    return repeated;
  }

  private static boolean wasRepeated(Transaction transaction, JobId id) throws SQLException {
    if (transaction.arrivals().isRepeated(id)) {
      return true;
    }
    var query =
        transaction.prepare(
            "SELECT 1 FROM jobs WHERE retry_of = ? AND retry_of IS NOT NULL LIMIT 1");
    query.setString(1, id.value());
    try (var row = query.executeQuery()) {
      return row.next();
    }
  }

  @Override
  public Turn turn() {
    return Turn.ARRIVALS;
  }
}
