package dev.recado.store.sqlite;

import dev.recado.delivery.Attempt;
import dev.recado.delivery.Delivery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads rows of the outbox into what they mean. */
final class DeliveryRows {
  private DeliveryRows() {}

  static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getString("id"),
        row.getString("event"),
        Delivery.State.fromWireName(row.getString("state")),
        row.getInt("attempts"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        JobRows.instant(row, "next_at"),
        attempt(row));
  }

  private static @Nullable Attempt attempt(ResultSet row) throws SQLException {
    var at = JobRows.instant(row, "last_at");
    if (at == null) {
      return null;
    }
    var status = row.getInt("last_status");
    return new Attempt(
        at,
        row.wasNull() ? null : status,
        row.getString("last_error"),
        Duration.ofMillis(row.getLong("last_ms")));
  }
}
