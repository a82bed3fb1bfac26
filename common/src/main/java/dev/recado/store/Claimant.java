package dev.recado.store;

import dev.recado.job.ClaimedJob;
import dev.recado.job.WorkerId;
import java.util.List;

/**
 * A worker that is given jobs without asking each time, because it lives in the process that
 * accepts them.
 *
 * <p>Called by the store between its transactions, one call after another: each has to return at
 * once, and must neither throw nor ask the store.
 */
public interface Claimant {
  /** Somebody who takes nothing. */
  Claimant NOBODY =
      new Claimant() {
        @Override
        public WorkerId worker() {
          throw new IllegalStateException("nobody has no name");
        }

        @Override
        public int reserve(int atMost) {
          return 0;
        }

        @Override
        public void begin(List<ClaimedJob> jobs) {
          throw new IllegalStateException("nobody takes jobs");
        }

        @Override
        public void release(int places) {
          throw new IllegalStateException("nobody has places");
        }
      };

  /** The name under which it has signed on. */
  WorkerId worker();

  /**
   * Keeps places free for jobs that are about to be claimed.
   *
   * @return for how many of so many; each place is used by {@link #begin} or given back by {@link
   *     #release}
   */
  int reserve(int atMost);

  /** Begins jobs whose claim is durable, in places it has reserved. */
  void begin(List<ClaimedJob> jobs);

  /** Takes back places that are not needed. */
  void release(int places);
}
