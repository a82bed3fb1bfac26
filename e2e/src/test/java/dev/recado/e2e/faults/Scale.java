package dev.recado.e2e.faults;

/**
 * How large a run is. The defaults keep a test short; the figures of docs/reliability.md name the
 * properties they were made with.
 *
 * @param jobs at least so many submits; the load goes on until the fault is healed
 * @param perSecond submits a second
 * @param rounds how often the fault strikes
 * @param seed of everything that is left to chance
 */
record Scale(int jobs, int perSecond, int rounds, long seed) {
  static Scale configured() {
    return new Scale(
        Integer.getInteger("recado.faults.jobs", 150),
        Integer.getInteger("recado.faults.rate", 80),
        Integer.getInteger("recado.faults.rounds", 1),
        Long.getLong("recado.faults.seed", 20_261_121));
  }
}
