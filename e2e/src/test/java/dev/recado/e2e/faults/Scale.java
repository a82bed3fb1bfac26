package dev.recado.e2e.faults;

import java.time.Duration;

/**
 * How large a run is. The defaults keep a test short; the figures of docs/reliability.md name the
 * properties they were made with.
 *
 * @param jobs at least so many accepted jobs; the load goes on until the fault is healed
 * @param perSecond submits a second
 * @param rounds how often the fault strikes, spread over the load
 * @param latency how long the model takes to answer
 * @param seed of everything that is left to chance
 */
record Scale(int jobs, int perSecond, int rounds, Duration latency, long seed) {
  static Scale configured() {
    return new Scale(
        Integer.getInteger("recado.faults.jobs", 150),
        Integer.getInteger("recado.faults.rate", 80),
        Integer.getInteger("recado.faults.rounds", 1),
        Duration.ofMillis(Integer.getInteger("recado.faults.latency", 150)),
        Long.getLong("recado.faults.seed", 20_261_121));
  }

  /** As large, with another number of strikes. */
  Scale striking(int times) {
    return new Scale(jobs, perSecond, times, latency, seed);
  }

  /** Whether this is the long run, with which figures are made. */
  boolean isLong() {
    return jobs >= 10_000;
  }

  /** The lease of workers that are to lose it; others keep the default, however slow the disk. */
  static Duration lease() {
    return Duration.ofSeconds(Integer.getInteger("recado.faults.lease", 2));
  }

  /** Longer than this lease and the sweep after it, even if cut by a quarter. */
  static Duration beyond(Duration lease) {
    return lease.multipliedBy(2).plusSeconds(1);
  }

  /** From one strike to the next, if all are to fall into the load. */
  Duration betweenStrikes() {
    return Duration.ofSeconds(jobs / perSecond).dividedBy(rounds);
  }

  /** The name of a model that takes its time, and gives the prompt back. */
  String goodModel() {
    return "fake?repeat=1&latency=" + latency.toMillis();
  }
}
