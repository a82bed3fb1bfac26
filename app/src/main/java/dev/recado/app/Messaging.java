package dev.recado.app;

import dev.recado.config.Settings;
import dev.recado.event.JobEvents;
import dev.recado.event.local.LocalJobEvents;
import dev.recado.lifecycle.Lifecycle;
import dev.recado.queue.TaskConsumer;
import dev.recado.queue.TaskPublisher;
import dev.recado.queue.local.LocalDoorbell;

/** How web and worker reach each other. Each part is opened when it is asked for, once. */
interface Messaging {

  TaskPublisher publisher();

  TaskConsumer consumer();

  JobEvents events();

  /** The way the settings ask for. */
  static Messaging open(Settings settings, Lifecycle lifecycle) {
    return Local.open(lifecycle);
  }

  /** Inside this process. */
  record Local(LocalDoorbell doorbell, LocalJobEvents events) implements Messaging {
    static Local open(Lifecycle lifecycle) {
      var events = lifecycle.own("job events", new LocalJobEvents());
      return new Local(lifecycle.own("doorbell", new LocalDoorbell()), events);
    }

    @Override
    public TaskPublisher publisher() {
      return doorbell;
    }

    @Override
    public TaskConsumer consumer() {
      return doorbell;
    }
  }
}
