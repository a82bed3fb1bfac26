package dev.recado.worker.execute;

import dev.recado.queue.TaskConsumer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A doorbell whose first await ends in an error of the JVM. */
final class BreakingDoorbell implements TaskConsumer {
  private final TaskConsumer doorbell;
  private final AtomicBoolean broken = new AtomicBoolean();

  BreakingDoorbell(TaskConsumer doorbell) {
    this.doorbell = doorbell;
  }

  boolean hasBroken() {
    return broken.get();
  }

  @Override
  public Rings await(Duration atMost) throws InterruptedException {
    if (broken.compareAndSet(false, true)) {
      throw new NoClassDefFoundError("once");
    }
    return doorbell.await(atMost);
  }

  @Override
  public void wake() {
    doorbell.wake();
  }

  @Override
  public void pause() {
    doorbell.pause();
  }

  @Override
  public void resume() {
    doorbell.resume();
  }

  @Override
  public boolean isConnected() {
    return doorbell.isConnected();
  }

  @Override
  public void close() {
    doorbell.close();
  }
}
