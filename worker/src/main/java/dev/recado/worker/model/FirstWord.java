package dev.recado.worker.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hands on what it hears, and notes when it heard the first word. For the thread that awaits the
 * answer.
 */
public final class FirstWord implements TextListener {
  private final long begin;
  private final TextListener next;
  private @Nullable Duration after;

  /**
   * Listens for this one.
   *
   * @param begin the {@link System#nanoTime} from which on it is timed
   */
  public FirstWord(long begin, TextListener next) {
    this.begin = begin;
    this.next = next;
  }

  @Override
  public void hear(String text) {
    if (after == null) {
      after = Duration.ofNanos(System.nanoTime() - begin);
    }
    next.hear(text);
  }

  /** How long it took; null if there was none yet. */
  public @Nullable Duration after() {
    return after;
  }
}
