package dev.recado.queue.local;

import dev.recado.job.JobId;
import dev.recado.queue.DeadLetters;
import dev.recado.queue.DoorbellState;
import dev.recado.queue.TaskConsumer;
import dev.recado.queue.TaskPublisher;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The doorbell between the threads of one process. It counts rings and keeps no job ids, as the
 * worker asks the store what to do.
 */
public final class LocalDoorbell implements TaskPublisher, TaskConsumer {
  private final AtomicInteger unheard = new AtomicInteger();
  private final UnacknowledgedRings unacknowledged = new UnacknowledgedRings();
  private volatile @Nullable Thread listener;
  private volatile boolean woken;
  private volatile boolean paused;
  private volatile boolean closed;

  @Override
  public void ring(JobId job) {
    // A bell that is ringing already wakes nobody a second time: a single counter is the whole
    // cost.
    if (unheard.getAndIncrement() == 0) {
      LockSupport.unpark(listener);
    }
  }

  @Override
  public Rings await(Duration atMost) throws InterruptedException {
    var deadline = System.nanoTime() + atMost.toNanos();
    // Set before looking at the bell: whoever rings after the look then finds someone to wake.
    listener = Thread.currentThread();
    try {
      for (var left = atMost.toNanos();
          mustWait() && left > 0;
          left = deadline - System.nanoTime()) {
        LockSupport.parkNanos(this, left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    } finally {
      listener = null;
    }
    woken = false;
    return paused ? unacknowledged.add(0) : unacknowledged.add(unheard.getAndSet(0));
  }

  private boolean mustWait() {
    return !closed && !woken && (paused || unheard.get() == 0);
  }

  @Override
  public void wake() {
    woken = true;
    LockSupport.unpark(listener);
  }

  @Override
  public void pause() {
    paused = true;
    unheard.addAndGet(unacknowledged.takeBack());
  }

  @Override
  public void resume() {
    paused = false;
    LockSupport.unpark(listener);
  }

  @Override
  public boolean isConnected() {
    return !closed;
  }

  @Override
  public boolean hasUnheardRings() {
    return unheard.get() > 0;
  }

  /** None: no message is written here that could turn out unreadable. */
  @Override
  public OptionalLong deadLetters() {
    return OptionalLong.of(0);
  }

  @Override
  public DeadLetters deadLetterBox() {
    return new NoDeadLetters();
  }

  @Override
  public DoorbellState state() {
    return new DoorbellState(DoorbellState.Kind.IN_PROCESS, isConnected(), false, 0);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(listener);
  }
}
