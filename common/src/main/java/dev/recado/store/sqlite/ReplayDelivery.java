package dev.recado.store.sqlite;

import dev.recado.delivery.Delivery;
import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import java.sql.SQLException;
import java.util.Optional;

/** Has a delivery sent again, with its schedule from the start. */
record ReplayDelivery(Tenant tenant, JobId job, String id)
    implements WriteCommand<Optional<Delivery>> {

  @Override
  public Optional<Delivery> apply(Transaction transaction) throws SQLException {
    // Whoever is sending it right now is fenced by this, and no longer asked how it went.
    var update =
        transaction.prepare(
            """
            UPDATE deliveries
               SET state = 'pending', next_at = ?, replayed_after = attempts
             WHERE id = ? AND receiver <> ''
               AND seq = (SELECT seq FROM jobs WHERE id = ? AND tenant = ?)
            RETURNING *\
            """);
    update.setLong(1, transaction.now());
    update.setString(2, id);
    update.setString(3, job.value());
    update.setString(4, tenant.name());
    try (var row = update.executeQuery()) {
      return row.next() ? Optional.of(DeliveryRows.delivery(row)) : Optional.empty();
    }
  }
}
