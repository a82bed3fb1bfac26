package dev.recado.app.memory;

/**
 * Says when there is so much garbage in the old generation that it is time to collect it: once it
 * is more than what lives there, but not before it is {@link #LEAST_BYTES}. As a collection keeps
 * everybody waiting, it had better be in a moment in which nothing much begins; for twice as much
 * garbage any moment will do.
 *
 * <p>Not thread-safe.
 */
final class GarbageAllowance {
  static final long LEAST_BYTES = 48L << 20;

  /** What may come to the old generation between two looks at a quiet moment. */
  static final long LITTLE_BYTES = 2L << 20;

  private long live;
  private long before;

  /** What to do about the garbage. */
  enum Advice {
    LEAVE,
    /** Look again soon: there is much, but the moment is a bad one. */
    AWAIT_QUIET,
    COLLECT
  }

  /**
   * @param live what the old generation holds now, in bytes
   */
  GarbageAllowance(long live) {
    collected(live);
  }

  /**
   * Looks again.
   *
   * @param used what the old generation holds, in bytes
   */
  Advice look(long used) {
    var isQuiet = used - before <= LITTLE_BYTES;
    before = used;
    live = Math.min(live, used); // the collector has been there by itself
    var garbage = used - live;
    var allowed = Math.max(live, LEAST_BYTES);
    if (garbage <= allowed) {
      return Advice.LEAVE;
    }
    return isQuiet || garbage > 2 * allowed ? Advice.COLLECT : Advice.AWAIT_QUIET;
  }

  /** So much is left after a collection. */
  final void collected(long left) {
    live = left;
    before = left;
  }
}
