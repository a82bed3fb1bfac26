package dev.recado.worker.execute;

import dev.recado.queue.TaskConsumer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A doorbell whose first await ends in an error of the JVM. */
final class BreakingDoorbell extends PassingDoorbell {
  private final TaskConsumer doorbell;
  private final AtomicBoolean broken = new AtomicBoolean();

  BreakingDoorbell(TaskConsumer doorbell) {
    super(doorbell);
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
}
