package dev.recado.queue.rabbitmq;

import dev.recado.queue.WaitingJobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which rings are worth sending. A worker that hears one claims as many jobs as it has room for, so
 * of many rings the first may do: it goes at once, and the others are kept for a moment. If jobs
 * still wait then, so many rings follow, twice as many each time, until workers are awake for all
 * of them. For one thread, but for {@link #size}.
 */
final class ModeratedRings {
  /** About as long as a worker takes to wake up and to claim. */
  private static final Duration PAUSE = Duration.ofMillis(2);

  private static final int MOST_AT_ONCE = 1_000;

  private final WaitingJobs waiting;
  private volatile List<Letter> kept = List.of();
  private int allowance = 1;

  ModeratedRings(WaitingJobs waiting) {
    this.waiting = waiting;
  }

  /** The rings that are to go now, of those that were kept and of these. */
  List<Letter> next(List<Letter> arrived) {
    if (kept.isEmpty()) {
      return first(1, arrived);
    }
    var needed = needed(arrived);
    var areHeard = needed.size() <= arrived.size(); // of those that were kept no job waits any more
    return first(areHeard ? 1 : Math.min(2 * allowance, MOST_AT_ONCE), needed);
  }

  private List<Letter> first(int most, List<Letter> rings) {
    allowance = most;
    var now = Math.min(most, rings.size());
    kept = rings.subList(now, rings.size());
    return rings.subList(0, now);
  }

  /** As many as jobs wait; which ones does not matter, as a ring names no job to take. */
  private List<Letter> needed(List<Letter> arrived) {
    var all = new ArrayList<Letter>(kept);
    all.addAll(arrived);
    var needless = Math.max(0, all.size() - jobsWaitingFor(all));
    return all.subList(needless, all.size());
  }

  // A store that cannot be asked is no reason not to ring.
  private int jobsWaitingFor(List<Letter> rings) {
    try {
      return waiting.count(rings.size());
    } catch (RuntimeException storeIsAway) {
      return rings.size();
    }
  }

  /** How long to wait before the next look; zero while none are kept. */
  Duration pause() {
    return kept.isEmpty() ? Duration.ZERO : PAUSE;
  }

  /** How many are kept. */
  int size() {
    return kept.size();
  }
}
