package dev.recado.worker.execute;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many jobs a worker may hold at once. Thread-safe; one thread takes, any thread gives back.
 */
final class Slots {
  private final int size;
  private final Semaphore free;

  Slots(int size) {
    this.size = size;
    this.free = new Semaphore(size);
  }

  int size() {
    return size;
  }

  int free() {
    return free.availablePermits();
  }

  /** Waits until at least one is free; returns whether that came to pass in time. */
  boolean awaitOne(Duration atMost) throws InterruptedException {
    if (!free.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    free.release();
    return true;
  }

  /** Takes so many; only the thread that has just seen them free may call this. */
  void take(int count) {
    free.acquireUninterruptibly(count);
  }

  void giveBack() {
    free.release();
  }

  /** Waits until all are free; returns whether that came to pass in time. */
  boolean awaitAll(Duration atMost) throws InterruptedException {
    return free.tryAcquire(size, atMost.toNanos(), TimeUnit.NANOSECONDS);
  }
}
