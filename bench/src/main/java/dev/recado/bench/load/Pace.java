package dev.recado.bench.load;

/** When requests are sent. */
public sealed interface Pace {

  /** A closed loop: each connection sends its next request when it has the answer to the last. */
  static Pace asFastAsAnswered() {
    return new Closed();
  }

  /**
   * An open loop: requests are due at fixed times, answered or not. One that has to wait for a
   * connection has its wait counted, so that a stalled server can not hide its stall by keeping the
   * generator from asking (coordinated omission).
   *
   * @param perSecond how many requests are due in a second
   */
  static Pace of(double perSecond) {
    return new Open(perSecond);
  }

  /**
   * When a request is meant to be sent.
   *
   * @param index which one, from 0
   * @param elapsed nanoseconds since the start
   * @return nanoseconds since the start; later than {@code elapsed} if it is not due yet
   */
  long due(long index, long elapsed);

  /** See {@link #asFastAsAnswered()}. */
  record Closed() implements Pace {
    @Override
    public long due(long index, long elapsed) {
      return elapsed;
    }
  }

  /** See {@link #of(double)}. */
  record Open(double perSecond) implements Pace {
    @Override
    public long due(long index, long elapsed) {
      return (long) (index * 1e9 / perSecond);
    }
  }
}
