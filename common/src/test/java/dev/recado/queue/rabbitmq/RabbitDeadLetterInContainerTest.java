package dev.recado.queue.rabbitmq;

import dev.recado.testing.ContainerBroker;
import dev.recado.testing.NeedsContainers;

@NeedsContainers
class RabbitDeadLetterInContainerTest extends RabbitDeadLetterTests {
  RabbitDeadLetterInContainerTest(ContainerBroker broker) {
    super(broker);
  }
}
