package dev.recado.e2e.faults;

import java.time.Duration;
import java.util.function.Predicate;

/** A fault of what stands around the program: broker, model, line, disk. */
record Outage(
    String name,
    Duration lasts,
    Runnable onset,
    Runnable end,
    Predicate<History> felt,
    int furtherCallsPerStrike)
    implements Fault {

  static Outage of(
      String name, Duration lasts, Runnable onset, Runnable end, Predicate<History> felt) {
    return new Outage(name, lasts, onset, end, felt, 0);
  }

  /** Calls that each strike makes futile, for each prompt at most. */
  Outage causing(int calls) {
    return new Outage(name, lasts, onset, end, felt, calls);
  }

  /** The same, with something more to do at its end. */
  Outage ending(Runnable also) {
    Runnable both =
        () -> {
          end.run();
          also.run();
        };
    return new Outage(name, lasts, onset, both, felt, furtherCallsPerStrike);
  }

  @Override
  public void strike() {
    onset.run();
  }

  @Override
  public void heal() {
    end.run();
  }

  @Override
  public boolean wasFelt(History history) {
    return felt.test(history);
  }
}
