package dev.recado.rabbitmq;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits to be sent. It takes no more than so many: what comes on top is dropped and counted,
 * so that a broker that is away for long costs no memory. Thread-safe.
 */
public final class Outbox<T> {
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition somethingHappened = lock.newCondition();
  private final Queue<T> waiting = new ArrayDeque<>();
  private final LongAdder dropped = new LongAdder();
  private boolean awake;

  /** An empty one for so many. */
  public Outbox(int capacity) {
    this.capacity = capacity;
  }

  /** Puts something in, or drops it. Never waits for whoever takes it out. */
  public void put(T item) {
    lock.lock();
    try {
      if (waiting.size() >= capacity) {
        dropped.increment();
        return;
      }
      waiting.add(item);
      if (waiting.size() == 1) {
        somethingHappened.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes out what came first. Waits while there is nothing, unless woken.
   *
   * @return at most so many; possibly none
   */
  public List<T> take(int atMost, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      for (var left = patience.toNanos(); waiting.isEmpty() && !awake && left > 0; ) {
        left = somethingHappened.awaitNanos(left);
      }
      awake = false;
      return takeOut(Math.min(atMost, waiting.size()));
    } finally {
      lock.unlock();
    }
  }

  /** Ends the current or the next wait. */
  public void wake() {
    lock.lock();
    try {
      awake = true;
      somethingHappened.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** How much waits. */
  public int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many did not fit since this was last asked. */
  public long takeDropped() {
    return dropped.sumThenReset();
  }

  private List<T> takeOut(int count) {
    var taken = new ArrayList<T>(count);
    for (var i = 0; i < count; i++) {
      taken.add(waiting.remove());
    }
    return taken;
  }
}
