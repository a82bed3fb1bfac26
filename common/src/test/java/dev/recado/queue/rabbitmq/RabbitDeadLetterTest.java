package dev.recado.queue.rabbitmq;

import dev.recado.testing.NeedsBroker;
import dev.recado.testing.PrivateBroker;

@NeedsBroker
class RabbitDeadLetterTest extends RabbitDeadLetterTests {
  RabbitDeadLetterTest(PrivateBroker broker) {
    super(broker);
  }
}
