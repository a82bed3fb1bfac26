package dev.recado.store.sqlite;

import dev.recado.job.NewJob;
import dev.recado.store.Receipt;
import java.sql.SQLException;

/** Puts a new job into the queue. */
record Submission(NewJob job) implements WriteCommand<Receipt> {

  @Override
  public Receipt apply(Transaction transaction) throws SQLException {
    var createdAt = job.id().createdAt();
    var line = transaction.arrivals().add(job);
    var waiting = transaction.counters().waiting(job.tenant());
    var position = line == Line.LATER ? null : waiting.upTo(job.priority());
    return new Receipt(createdAt, job.deadline(), position, waiting);
  }

  @Override
  public Turn turn() {
    return Turn.ARRIVALS;
  }
}
