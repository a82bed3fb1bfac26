package dev.recado.store.sqlite;

import dev.recado.delivery.ClaimedDelivery;
import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes due deliveries. {@code next_at} becomes the end of the lease, so that what a killed sender
 * held comes due by itself.
 */
record ClaimDeliveries(Map<String, Integer> room, Duration lease)
    implements WriteCommand<List<ClaimedDelivery>> {
  private static final String CLAIM =
      """
      UPDATE deliveries SET attempts = attempts + 1, next_at = ?1
       WHERE id IN (SELECT id FROM deliveries INDEXED BY deliveries_due
                     WHERE state = 'pending' AND receiver = ?2 AND next_at <= ?3
                     ORDER BY next_at LIMIT ?4)
      RETURNING id, seq, event, created_at, receiver, attempts, attempts - replayed_after\
      """;
  private static final String ABOUT =
      "SELECT j.id, j.tenant, i.webhook FROM jobs j JOIN job_inputs i USING (seq) WHERE seq = ?";

  @Override
  public List<ClaimedDelivery> apply(Transaction transaction) throws SQLException {
    var claimed = new ArrayList<ClaimedDelivery>();
    for (var receiver : room.entrySet()) {
      claim(transaction, receiver.getKey(), receiver.getValue(), claimed);
    }
    return claimed;
  }

  private void claim(
      Transaction transaction, String receiver, int atMost, List<ClaimedDelivery> into)
      throws SQLException {
    var update = transaction.prepare(CLAIM);
    update.setLong(1, transaction.now() + lease.toMillis());
    update.setString(2, receiver);
    update.setLong(3, transaction.now());
    update.setInt(4, atMost);
    try (var row = update.executeQuery()) {
      while (row.next()) {
        into.add(claimed(transaction, row));
      }
    }
  }

  private static ClaimedDelivery claimed(Transaction transaction, ResultSet row)
      throws SQLException {
    var query = transaction.prepare(ABOUT);
    query.setLong(1, row.getLong(2));
    try (var job = query.executeQuery()) {
      // A pending delivery has a job and a URL: both triggers of 004-webhooks.sql see to it.
      job.next();
      return new ClaimedDelivery(
          row.getString(1),
          new Tenant(job.getString(2)),
          new JobId(job.getString(1)),
          row.getString(3),
          Instant.ofEpochMilli(row.getLong(4)),
          job.getString(3),
          row.getString(5),
          row.getInt(6),
          row.getInt(7));
    }
  }
}
