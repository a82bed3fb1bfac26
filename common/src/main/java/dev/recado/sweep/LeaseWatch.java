package dev.recado.sweep;

import dev.recado.job.WorkerId;
import dev.recado.store.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Watches leases being renewed, by the machine's own counter, which nobody can set: what the wall
 * clock says of them is held against it. Not thread-safe.
 */
final class LeaseWatch {
  private final LongSupplier nanoTime;
  private Map<WorkerId, Seen> seen = Map.of();
  private long lookedAt;
  private boolean looked;

  /**
   * A lease as it was seen.
   *
   * @param since since when, at the earliest, it has been as it is
   * @param noticed since when at the latest
   * @param renewed whether it was seen to become so
   */
  private record Seen(Lease lease, long since, long noticed, boolean renewed) {}

  LeaseWatch(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Takes a look at all leases there are. */
  void look(List<Lease> leases) {
    var now = nanoTime.getAsLong();
    var next = new HashMap<WorkerId, Seen>();
    for (var lease : leases) {
      next.put(lease.worker(), see(lease, now));
    }
    seen = next;
    lookedAt = now;
    looked = true;
  }

  private Seen see(Lease lease, long now) {
    var before = seen.get(lease.worker());
    if (before != null && before.lease().equals(lease)) {
      return before;
    }
    // whenever that was between two looks; of what the first look finds it is not known
    return looked ? new Seen(lease, lookedAt, now, true) : new Seen(lease, now, now, false);
  }

  /**
   * Workers that have renewed their lease within its length, though it has lapsed by this time: the
   * clock that says so is wrong, or theirs is.
   */
  List<WorkerId> contradicting(Instant time) {
    return seen.values().stream()
        .filter(one -> one.renewed() && since(one.since()).compareTo(one.lease().length()) < 0)
        .map(Seen::lease)
        .filter(lease -> lease.until().isBefore(time))
        .map(Lease::worker)
        .toList();
  }

  /**
   * Leases that nobody has renewed for twice their length, though they are good by this time: a
   * clock was set back since.
   */
  List<Lease> overdue(Instant time) {
    return seen.values().stream()
        .filter(one -> since(one.noticed()).compareTo(one.lease().length().multipliedBy(2)) > 0)
        .map(Seen::lease)
        .filter(lease -> !lease.until().isBefore(time))
        .toList();
  }

  private Duration since(long then) {
    return Duration.ofNanos(nanoTime.getAsLong() - then);
  }
}
