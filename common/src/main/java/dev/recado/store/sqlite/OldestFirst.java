package dev.recado.store.sqlite;

/**
 * How many of the jobs of a claim go to those that came first, whatever their priority: one in
 * {@value #EVERY}. So a job waits at most until so many times the jobs that came before it have
 * been started, and nobody waits for ever behind a line that is never empty.
 */
final class OldestFirst {
  static final int EVERY = 16;

  private int claimed;

  /** For a claim of at most so many. */
  int of(int atMost) {
    claimed += atMost;
    var turns = claimed / EVERY;
    claimed %= EVERY;
    return turns;
  }
}
