package dev.recado.queue.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import dev.recado.rabbitmq.LiveConnection;
import java.io.IOException;
import java.util.Map;

/** The two queues of the doorbell. */
final class Queues {
  /** Rings. */
  static final String TASKS = "task_queue";

  /** Messages in {@link #TASKS} that nobody could read. */
  static final String DEAD = "task_queue.dead";

  private Queues() {}

  /** Makes sure that both are there. */
  static void ensure(LiveConnection connection) throws IOException {
    for (var queue : new String[] {TASKS, DEAD}) {
      if (!exists(connection, queue)) {
        declare(connection, queue);
      }
    }
  }

  /**
   * A queue that is there is used as it is, whoever declared it and with whatever arguments: to
   * declare it differently would be refused, and so would any declaring by a user who may not.
   */
  private static boolean exists(LiveConnection connection, String queue) throws IOException {
    // The broker closes the channel on which it had to say no.
    var channel = connection.disposableChannel();
    try {
      channel.queueDeclarePassive(queue);
      channel.abort();
      return true;
    } catch (IOException e) {
      if (Refusal.isNotFound(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Durable and without arguments: docs/adr/0002 says why. */
  private static void declare(LiveConnection connection, String queue) throws IOException {
    var channel = connection.disposableChannel();
    channel.queueDeclare(queue, true, false, false, Map.of());
    channel.abort();
  }

  /** How many messages of a queue nobody has taken yet. */
  static long ready(Channel channel, String queue) throws IOException {
    AMQP.Queue.DeclareOk there = channel.queueDeclarePassive(queue);
    return there.getMessageCount();
  }
}
