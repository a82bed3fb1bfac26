package dev.recado.event.rabbitmq;

import dev.recado.testing.NeedsBroker;
import dev.recado.testing.PrivateBroker;

@NeedsBroker
class RabbitJobEventsTest extends RabbitJobEventsTests {
  RabbitJobEventsTest(PrivateBroker broker) {
    super(broker);
  }
}
