package dev.recado.rabbitmq;

import com.rabbitmq.client.BlockedListener;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Whether the broker has told us to stop publishing for now. Thread-safe. */
final class BlockedState implements BlockedListener {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private volatile boolean blocked;

  @Override
  public void handleBlocked(String reason) {
    blocked = true;
  }

  @Override
  public void handleUnblocked() {
    release();
  }

  void release() {
    lock.lock();
    try {
      blocked = false;
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isBlocked() {
    return blocked;
  }

  void awaitUnblocked(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      for (var left = atMost.toNanos(); blocked && left > 0; ) {
        left = released.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
