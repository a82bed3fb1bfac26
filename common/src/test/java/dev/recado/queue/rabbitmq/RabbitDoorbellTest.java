package dev.recado.queue.rabbitmq;

import dev.recado.testing.NeedsBroker;
import dev.recado.testing.PrivateBroker;

@NeedsBroker
class RabbitDoorbellTest extends RabbitDoorbellTests {
  RabbitDoorbellTest(PrivateBroker broker) {
    super(broker);
  }
}
