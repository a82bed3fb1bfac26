package dev.recado.store.sqlite;

import dev.recado.job.ClaimedJob;
import dev.recado.store.Claimant;
import java.sql.SQLException;
import java.util.List;

/**
 * The claim of a worker of this process, which is made in every transaction that accepts jobs. A
 * worker that has to ask is always a step late: its jobs are written as queued, found, changed and
 * read again, and wait for a second sync. Only the writer's thread uses it, but for {@link #of}.
 */
final class StandingClaim {
  private volatile Claimant next = Claimant.NOBODY;
  private Claimant claimant = Claimant.NOBODY;
  private int reserved;
  private List<ClaimedJob> claimed = List.of();

  /** From the next transaction on it is this one's. */
  void of(Claimant other) {
    next = other;
  }

  /** The last step of a transaction but the commit. */
  void apply(Transaction transaction) throws SQLException {
    var arrived = transaction.arrivals().size();
    if (arrived == 0) {
      return;
    }
    claimant = next;
    reserved = claimant.reserve(arrived);
    if (reserved > 0) {
      claimed = new Claim(claimant.worker(), reserved).apply(transaction);
    }
  }

  /** Before anybody can hear of the jobs, so that no cancel looks for one that is not begun. */
  void committed() {
    var jobs = claimed;
    release(reserved - jobs.size());
    if (!jobs.isEmpty()) {
      claimant.begin(jobs);
    }
  }

  void rolledBack() {
    release(reserved);
  }

  private void release(int places) {
    reserved = 0;
    claimed = List.of();
    if (places > 0) {
      claimant.release(places);
    }
  }
}
