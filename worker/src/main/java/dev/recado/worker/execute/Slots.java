package dev.recado.worker.execute;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many jobs a worker may hold at once. Thread-safe; any thread takes and gives back. */
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

  /** Takes so many, or as many as are free; returns how many. */
  int take(int atMost) {
    for (var wanted = Math.min(atMost, free()); wanted > 0; wanted = Math.min(atMost, free())) {
      if (free.tryAcquire(wanted)) {
        return wanted;
      }
    }
    return 0;
  }

  void giveBack() {
    free.release();
  }

  void giveBack(int count) {
    free.release(count);
  }

  /** Waits until all are free; returns whether that came to pass in time. */
  boolean awaitAll(Duration atMost) throws InterruptedException {
    return free.tryAcquire(size, atMost.toNanos(), TimeUnit.NANOSECONDS);
  }
}
