package dev.recado.queue.rabbitmq;

import dev.recado.testing.ContainerBroker;
import dev.recado.testing.NeedsContainers;

@NeedsContainers
class RabbitDoorbellInContainerTest extends RabbitDoorbellTests {
  RabbitDoorbellInContainerTest(ContainerBroker broker) {
    super(broker);
  }
}
