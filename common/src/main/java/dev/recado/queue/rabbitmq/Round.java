package dev.recado.queue.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.recado.rabbitmq.LiveConnection;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;

/**
 * What one subscription has delivered and still waits for an acknowledgement. Tags mean something
 * on their own channel and in their own round only: to acknowledge any other would make the broker
 * close the channel, or would take away a ring that nobody has heard. Thread-safe.
 */
final class Round {
  private final LiveConnection connection;
  private final Channel channel;
  private final TreeSet<Long> open = new TreeSet<>();
  private boolean ended;

  Round(LiveConnection connection, Channel channel) {
    this.connection = connection;
    this.channel = channel;
  }

  synchronized void delivered(long tag) {
    if (!ended) {
      open.add(tag);
    }
  }

  /** Acknowledges those of these tags, given in ascending order, that are still open. */
  synchronized void acknowledge(List<Long> tags) {
    var settled = tags.stream().filter(open::remove).toList();
    if (settled.isEmpty()) {
      return;
    }
    try {
      transmit(settled);
    } catch (IOException | ShutdownSignalException gone) {
      // They will be delivered again.
      connection.fail(gone);
    }
  }

  private void transmit(List<Long> settled) throws IOException {
    var last = settled.getLast();
    if (open.isEmpty() || open.first() > last) {
      channel.basicAck(last, true);
      return;
    }
    for (var tag : settled) {
      channel.basicAck(tag, false);
    }
  }

  /** From now on nothing is acknowledged any more. */
  synchronized void end() {
    ended = true;
    open.clear();
  }
}
