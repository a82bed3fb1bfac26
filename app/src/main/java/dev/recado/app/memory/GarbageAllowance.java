package dev.recado.app.memory;

/**
 * Says when there is so much garbage in the old generation that it is time to collect it: once it
 * is more than what lives there, but not before it is {@link #LEAST_BYTES}. As a collection keeps
 * everybody waiting, an eighth of that is enough at a moment in which nothing much is done.
 *
 * <p>Not thread-safe.
 */
final class GarbageAllowance {
  static final long LEAST_BYTES = 64L << 20;

  /** What may be allocated between two looks at a quiet moment: twenty small jobs leave as much. */
  static final long LITTLE_BYTES = 1L << 20;

  private long live;
  private long young;

  /** What to do about the garbage. */
  enum Advice {
    LEAVE,
    /** Look again soon: there is some, but the moment is a bad one. */
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
   * @param old what the old generation holds, in bytes
   * @param eden what new objects have taken since the young generation was last collected, in bytes
   */
  Advice look(long old, long eden) {
    var allocated = eden - young; // less than nothing: it was collected, so that there was much
    var isQuiet = 0 <= allocated && allocated <= LITTLE_BYTES;
    young = eden;
    live = Math.min(live, old); // the collector has been there by itself
    var garbage = old - live;
    var allowed = Math.max(live, LEAST_BYTES);
    var allowedInQuiet = allowed / 8;
    if (garbage > (isQuiet ? allowedInQuiet : allowed)) {
      return Advice.COLLECT;
    }
    return garbage > allowedInQuiet ? Advice.AWAIT_QUIET : Advice.LEAVE;
  }

  /** So much is left after a collection. */
  final void collected(long left) {
    live = left;
    young = 0;
  }
}
