package dev.recado.queue;

import java.util.List;
import java.util.function.Predicate;

/**
 * The messages that nobody could read, for an operator who looks after them. Thread-safe; calls
 * block for as long as the broker takes, some seconds at most, and throw {@link
 * DoorbellUnavailableException} if it can not be asked. While one call looks through the letters
 * they are hidden from those of other processes.
 */
public interface DeadLetters {
  /** One call works through so many letters at most. */
  int MOST = 10_000;

  /** The first so many, the oldest first. Looking changes nothing. */
  List<DeadLetter> first(int atMost);

  /**
   * Rings for the jobs that these letters name, and throws the letters away. Those that name no job
   * stay. A ring too many does no harm.
   */
  Cleared replay(Predicate<DeadLetter> which);

  /** Throws these away. */
  Cleared discard(Predicate<DeadLetter> which);

  /**
   * What became of the letters.
   *
   * @param count how many are gone
   * @param left how many are still there
   */
  record Cleared(int count, long left) {}
}
