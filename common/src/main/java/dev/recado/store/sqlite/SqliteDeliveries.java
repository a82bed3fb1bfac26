package dev.recado.store.sqlite;

import dev.recado.delivery.Attempt;
import dev.recado.delivery.ClaimedDelivery;
import dev.recado.delivery.Deliveries;
import dev.recado.delivery.Delivery;
import dev.recado.delivery.Verdict;
import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The outbox of webhooks. Who fills it is a trigger: see 004-webhooks.sql. */
final class SqliteDeliveries implements Deliveries {
  private static final String OF_JOB =
      """
      SELECT d.* FROM jobs j JOIN deliveries d USING (seq)
       WHERE j.id = ? AND j.tenant = ? ORDER BY d.created_at, d.id\
      """;

  /** Steps from one receiver to the next through the index, past all that waits for each. */
  private static final String DUE =
      """
      WITH RECURSIVE known (receiver) AS (
        SELECT min(receiver) FROM deliveries INDEXED BY deliveries_due WHERE state = 'pending'
        UNION ALL
        SELECT (SELECT min(receiver) FROM deliveries INDEXED BY deliveries_due
                 WHERE state = 'pending' AND receiver > known.receiver)
          FROM known WHERE receiver IS NOT NULL)
      SELECT receiver,
             (SELECT min(next_at) FROM deliveries INDEXED BY deliveries_due
               WHERE state = 'pending' AND receiver = known.receiver) AS due
        FROM known WHERE receiver IS NOT NULL AND due <= ? ORDER BY due LIMIT ?\
      """;

  private final Readers readers;
  private final GroupCommitWriter writer;
  private final Clock clock;

  SqliteDeliveries(Readers readers, GroupCommitWriter writer, Clock clock) {
    this.readers = readers;
    this.writer = writer;
    this.clock = clock;
  }

  @Override
  public List<Delivery> of(Tenant tenant, JobId job) {
    return readers.read(statements -> {
      var query = statements.prepare(OF_JOB);
      query.setString(1, job.value());
      query.setString(2, tenant.name());
      try (var row = query.executeQuery()) {
        var deliveries = new ArrayList<Delivery>();
        while (row.next()) {
          deliveries.add(DeliveryRows.delivery(row));
        }
        return deliveries;
      }
    });
  }

  @Override
  public Optional<Delivery> replay(Tenant tenant, JobId job, String id) {
    return writer.write(new ReplayDelivery(tenant, job, id));
  }

  @Override
  public List<String> dueReceivers(int atMost) {
    return readers.read(statements -> due(statements, atMost));
  }

  private List<String> due(Statements statements, int atMost) throws SQLException {
    var query = statements.prepare(DUE);
    query.setLong(1, clock.millis());
    query.setInt(2, atMost);
    try (var row = query.executeQuery()) {
      var receivers = new ArrayList<String>();
      while (row.next()) {
        receivers.add(row.getString(1));
      }
      return receivers;
    }
  }

  @Override
  public List<ClaimedDelivery> claim(Map<String, Integer> room, Duration lease) {
    return room.isEmpty() ? List.of() : writer.write(new ClaimDeliveries(room, lease));
  }

  @Override
  public boolean settle(ClaimedDelivery delivery, Attempt attempt, Verdict verdict) {
    return writer.write(new SettleDelivery(delivery, attempt, verdict));
  }
}
