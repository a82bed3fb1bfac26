package dev.recado.event.rabbitmq;

import dev.recado.testing.ContainerBroker;
import dev.recado.testing.NeedsContainers;

@NeedsContainers
class RabbitJobEventsInContainerTest extends RabbitJobEventsTests {
  RabbitJobEventsInContainerTest(ContainerBroker broker) {
    super(broker);
  }
}
