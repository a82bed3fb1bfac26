package dev.recado.queue.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;

/**
 * A message on its way to a queue.
 *
 * @param queue which one
 * @param properties its properties
 * @param body its body, which nobody changes any more
 * @param whenSafe done once the broker has it
 */
@SuppressWarnings("ArrayRecordComponent")
record Letter(String queue, BasicProperties properties, byte[] body, Runnable whenSafe) {
  /** A message that nobody waits for. */
  Letter(String queue, BasicProperties properties, byte[] body) {
    this(queue, properties, body, () -> {});
  }
}
