package dev.recado.store.sqlite;

import dev.recado.delivery.Attempt;
import dev.recado.delivery.ClaimedDelivery;
import dev.recado.delivery.Delivery.State;
import dev.recado.delivery.Verdict;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Records how an attempt at a delivery ended, if it is still the newest. */
record SettleDelivery(ClaimedDelivery delivery, Attempt attempt, Verdict verdict)
    implements WriteCommand<Boolean> {

  @Override
  public Boolean apply(Transaction transaction) throws SQLException {
    var update =
        transaction.prepare(
            """
            UPDATE deliveries SET state = ?, next_at = ?, last_at = ?, last_status = ?,
                                  last_error = ?, last_ms = ?
             WHERE id = ? AND attempts = ? AND attempts - replayed_after = ? AND state = 'pending'\
            """);
    update.setString(1, next().wireName());
    NullableNumber.set(update, 2, nextAt());
    update.setLong(3, attempt.at().toEpochMilli());
    NullableNumber.set(update, 4, attempt.status());
    update.setString(5, attempt.error());
    update.setLong(6, attempt.took().toMillis());
    update.setString(7, delivery.id());
    update.setInt(8, delivery.attempt());
    update.setInt(9, delivery.round());
    return update.executeUpdate() == 1;
  }

  private @Nullable Long nextAt() {
    return verdict instanceof Verdict.RetryAt(var time) ? time.toEpochMilli() : null;
  }

  private State next() {
    return switch (verdict) {
      case Verdict.Delivered() -> State.DELIVERED;
      case Verdict.RetryAt(var _) -> State.PENDING;
      case Verdict.GivenUp() -> State.FAILED;
      case Verdict.Unwanted() -> State.DISABLED;
    };
  }
}
