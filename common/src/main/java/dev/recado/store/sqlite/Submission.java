package dev.recado.store.sqlite;

import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.store.Receipt;
import java.sql.SQLException;

/** Puts a new job into the queue. */
record Submission(NewJob job) implements WriteCommand<Receipt> {

  @Override
  public Receipt apply(Transaction transaction) throws SQLException {
    var createdAt = job.id().createdAt();
    var deadline = createdAt.plus(job.timeToLive());
    transaction.arrivals().add(job, deadline);
    return new Receipt(createdAt, deadline, transaction.count(job.tenant(), JobState.QUEUED));
  }

  @Override
  public Turn turn() {
    return Turn.ARRIVALS;
  }
}
