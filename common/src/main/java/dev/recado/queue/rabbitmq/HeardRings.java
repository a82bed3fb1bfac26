package dev.recado.queue.rabbitmq;

import dev.recado.queue.TaskConsumer.Rings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Between the thread that delivers and the one that listens. Thread-safe. */
final class HeardRings {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition somethingHappened = lock.newCondition();
  private @Nullable Round round;
  private List<Long> tags = new ArrayList<>();
  private boolean woken;
  private boolean closed;

  /** From now on, rings of this round are heard, and of no other. */
  void begin(Round next) {
    lock.lock();
    try {
      round = next;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the round: what was heard and not acknowledged is to be given back. */
  void forget() {
    var over = takeAway();
    if (over != null) {
      // Not under our lock: it may have to wait for an acknowledgement on a slow line.
      over.end();
    }
  }

  private @Nullable Round takeAway() {
    lock.lock();
    try {
      var over = round;
      round = null;
      tags = new ArrayList<>();
      return over;
    } finally {
      lock.unlock();
    }
  }

  void hear(Round from, long tag) {
    lock.lock();
    try {
      // Deliveries that were under way when their round ended still arrive.
      if (from == round) {
        tags.add(tag);
        if (tags.size() == 1) {
          somethingHappened.signal();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  Rings await(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      for (var left = atMost.toNanos(); mustWait() && left > 0; ) {
        left = somethingHappened.awaitNanos(left);
      }
      woken = false;
      var heard = new Heard(round, tags);
      tags = new ArrayList<>();
      return heard;
    } finally {
      lock.unlock();
    }
  }

  private boolean mustWait() {
    return tags.isEmpty() && !woken && !closed;
  }

  void wake() {
    lock.lock();
    try {
      woken = true;
      somethingHappened.signal();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      somethingHappened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private record Heard(@Nullable Round round, List<Long> tags) implements Rings {
    @Override
    public int count() {
      return tags.size();
    }

    @Override
    public void acknowledge() {
      if (round != null && !tags.isEmpty()) {
        round.acknowledge(tags);
      }
    }
  }
}
