package dev.recado.app.server;

import dev.recado.config.BrokerSettings;
import dev.recado.config.Settings;
import dev.recado.event.JobEvents;
import dev.recado.event.local.LocalJobEvents;
import dev.recado.event.rabbitmq.RabbitJobEvents;
import dev.recado.lifecycle.Lifecycle;
import dev.recado.queue.TaskConsumer;
import dev.recado.queue.TaskPublisher;
import dev.recado.queue.WaitingJobs;
import dev.recado.queue.local.LocalDoorbell;
import dev.recado.queue.rabbitmq.RabbitTaskConsumer;
import dev.recado.queue.rabbitmq.RabbitTaskPublisher;
import dev.recado.trace.Traces;

/** How web and worker reach each other. */
sealed interface Messaging {

  /** Opens the way the settings ask for. */
  static Messaging open(Settings settings, Lifecycle lifecycle, Traces traces) {
    return settings
        .broker()
        .<Messaging>map(broker -> OverBroker.open(broker, lifecycle, traces))
        .orElseGet(() -> InProcess.open(lifecycle));
  }

  /** Opens the end that rings for these jobs; for a process with web in it, once. */
  TaskPublisher openPublisher(WaitingJobs waiting);

  /** Opens the end that hears; for a process with a worker in it, once. */
  TaskConsumer openConsumer(int slots);

  JobEvents events();

  /** Inside this process: both ends are one. */
  record InProcess(LocalDoorbell doorbell, JobEvents events) implements Messaging {
    static InProcess open(Lifecycle lifecycle) {
      var events = lifecycle.own("job events", new LocalJobEvents());
      return new InProcess(lifecycle.own("doorbell", new LocalDoorbell()), events);
    }

    @Override
    public TaskPublisher openPublisher(WaitingJobs waiting) {
      return doorbell;
    }

    @Override
    public TaskConsumer openConsumer(int slots) {
      return doorbell;
    }
  }

  /** Over RabbitMQ: each end has its own connection, opened only where it is needed. */
  record OverBroker(BrokerSettings broker, Lifecycle lifecycle, JobEvents events, Traces traces)
      implements Messaging {
    static OverBroker open(BrokerSettings broker, Lifecycle lifecycle, Traces traces) {
      var events = lifecycle.own("job events", new RabbitJobEvents(broker));
      return new OverBroker(broker, lifecycle, events, traces);
    }

    @Override
    public TaskPublisher openPublisher(WaitingJobs waiting) {
      return lifecycle.own("task publisher", new RabbitTaskPublisher(broker, waiting, traces));
    }

    @Override
    public TaskConsumer openConsumer(int slots) {
      return lifecycle.own("task consumer", new RabbitTaskConsumer(broker, slots));
    }
  }
}
