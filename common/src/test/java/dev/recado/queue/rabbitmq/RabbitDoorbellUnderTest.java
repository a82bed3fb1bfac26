package dev.recado.queue.rabbitmq;

import static org.awaitility.Awaitility.await;

import dev.recado.queue.DoorbellUnderTest;
import dev.recado.queue.TaskConsumer;
import dev.recado.queue.TaskPublisher;
import dev.recado.rabbitmq.QueueAdmin;
import dev.recado.testing.TestBroker;
import org.junit.jupiter.api.AfterEach;

/** A doorbell on a real broker, whatever its version, and a way to look behind it. */
abstract class RabbitDoorbellUnderTest implements DoorbellUnderTest {
  private static final int PREFETCH = 256;

  final TestBroker broker;
  final QueueAdmin admin;
  RabbitTaskPublisher publisher;
  RabbitTaskConsumer consumer;

  RabbitDoorbellUnderTest(TestBroker broker) {
    this.broker = broker;
    this.admin = new QueueAdmin(broker);
    admin.delete(Queues.TASKS);
    admin.delete(Queues.DEAD);
    publisher = new RabbitTaskPublisher(broker.settings());
    consumer = newConsumer();
  }

  RabbitTaskConsumer newConsumer() {
    return new RabbitTaskConsumer(broker.settings(), PREFETCH);
  }

  @AfterEach
  void disconnect() {
    publisher.close();
    consumer.close();
    admin.close();
  }

  @Override
  public TaskPublisher publisher() {
    return publisher;
  }

  @Override
  public TaskConsumer consumer() {
    return consumer;
  }

  final void awaitConnected() {
    awaitPublisher();
    await().atMost(LONG).until(() -> consumer.isConnected());
  }

  final void awaitPublisher() {
    await().atMost(LONG).until(() -> publisher.isConnected());
  }

  final void awaitNothingHeld() {
    await()
        .atMost(LONG)
        .until(() ->
            broker
                .ctl("list_queues", "--no-table-headers", "name", "messages_unacknowledged")
                .lines()
                .allMatch(line -> line.endsWith("\t0")));
  }
}
