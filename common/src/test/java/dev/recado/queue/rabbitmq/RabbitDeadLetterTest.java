package dev.recado.queue.rabbitmq;

import static org.awaitility.Awaitility.await;

import dev.recado.testing.NeedsBroker;
import dev.recado.testing.PrivateBroker;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

@NeedsBroker
class RabbitDeadLetterTest extends RabbitDeadLetterTests {
  RabbitDeadLetterTest(PrivateBroker broker) {
    super(broker);
  }

  // Here and not in a container: what a broker lets in is its own to say (RabbitMQ 4: 16 MiB).
  @Test
  void what_is_larger_than_clients_take_by_default_is_moved_aside_like_all_that_is_no_ring() {
    awaitConnected();

    admin.put(Queues.TASKS, "x".repeat(65 << 20));

    await().atMost(LONG).until(() -> publisher.deadLetters().equals(OptionalLong.of(1)));
    awaitNothingHeld();
  }
}
