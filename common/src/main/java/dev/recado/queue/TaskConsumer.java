package dev.recado.queue;

import java.time.Duration;

/**
 * Hears the doorbell. One thread listens; the other methods are thread-safe.
 *
 * <p>A ring says that there is something in the store, not what to take: the worker claims in the
 * store's order. It acknowledges what it heard once its claim is committed, so a ring that a dying
 * worker took along is heard by the next one.
 */
public interface TaskConsumer extends AutoCloseable {

  /**
   * Waits until somebody rings or {@link #wake wakes}, or the time is over.
   *
   * @return all that was heard and not yet returned; possibly nothing
   */
  Rings await(Duration atMost) throws InterruptedException;

  /** Has the one who waits look at the store, though nobody has rung; or the next who waits. */
  void wake();

  /**
   * Stops listening: rings go to other workers, and so do those that were heard and not
   * acknowledged. For a worker that is full, or about to stop. Does nothing when paused.
   */
  void pause();

  /** Listens again. Does nothing when not paused. */
  void resume();

  /** Whether the way to the doorbell is open. */
  boolean isConnected();

  @Override
  void close();

  /** Some rings that were heard together. */
  interface Rings {
    /** How many. */
    int count();

    /** Tells the doorbell that these need not be heard by anyone else. Never throws. */
    void acknowledge();
  }
}
