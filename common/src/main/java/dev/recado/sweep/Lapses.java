package dev.recado.sweep;

import dev.recado.store.JobStore;
import dev.recado.store.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Tells leases that lapsed because their worker stands still from those that lapsed because nobody
 * could write: a commit that hangs in its sync keeps all others waiting, renewals too, and whoever
 * was first in line after it would take the jobs of the living. So a write of ours has to go
 * through first, and then all others have a moment for theirs. Not thread-safe.
 */
final class Lapses {
  /** Many times what a waiting write needs once the way is free. */
  static final Duration TURN = Duration.ofMillis(250);

  /** Only a lease that was ended lapsed before this. */
  private static final Instant NONE = Instant.ofEpochMilli(1);

  private final JobStore store;
  private final LongSupplier nanoTime;
  private Instant lapsedBefore = NONE;
  private long writtenAt;

  Lapses(JobStore store, LongSupplier nanoTime) {
    this.store = store;
    this.nanoTime = nanoTime;
  }

  /** Takes a look at all leases there are, some time before {@link #over}. */
  void look(List<Lease> all, Instant now) {
    if (all.stream().noneMatch(lease -> hasLapsed(lease, now))) {
      lapsedBefore = NONE;
    } else if (!isWaiting()) {
      store.awaitDisk();
      lapsedBefore = now;
      writtenAt = nanoTime.getAsLong();
    }
  }

  private static boolean hasLapsed(Lease lease, Instant now) {
    return lease.until().isAfter(NONE) && lease.until().isBefore(now);
  }

  /** Whether some lapsed lease may be renewed yet; look again after {@link #TURN}. */
  boolean isWaiting() {
    return !lapsedBefore.equals(NONE);
  }

  /** Leases that lapsed before this are over; to be asked once for each sweep. */
  Instant over() {
    if (!isWaiting() || nanoTime.getAsLong() - writtenAt < TURN.toNanos()) {
      return NONE;
    }
    var over = lapsedBefore;
    lapsedBefore = NONE;
    return over;
  }
}
