package dev.recado.queue.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;

/** Reads why the broker said no. */
final class Refusal {
  private Refusal() {}

  static boolean isNotFound(IOException refusal) {
    return refusal.getCause() instanceof ShutdownSignalException signal
        && signal.getReason() instanceof AMQP.Channel.Close close
        && close.getReplyCode() == AMQP.NOT_FOUND;
  }
}
