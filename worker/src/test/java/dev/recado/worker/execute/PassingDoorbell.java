package dev.recado.worker.execute;

import dev.recado.queue.TaskConsumer;

/** Stands before a doorbell and passes all on but the wait for rings. */
abstract class PassingDoorbell implements TaskConsumer {
  private final TaskConsumer doorbell;

  PassingDoorbell(TaskConsumer doorbell) {
    this.doorbell = doorbell;
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
