package dev.recado.queue.rabbitmq;

import com.rabbitmq.client.Channel;
import dev.recado.rabbitmq.LiveConnection;
import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What one subscription has delivered and still waits for an acknowledgement. Tags mean something
 * on their own channel and in their own round only: to acknowledge any other would make the broker
 * close the channel, or would take away a ring that nobody has heard. Thread-safe.
 */
final class Round {
  private static final boolean REQUEUE = true;

  private final LiveConnection connection;
  private final Channel channel;
  private final NavigableSet<Long> aside;
  private final TreeSet<Long> open = new TreeSet<>();
  private boolean ended;
  private boolean givenBack;

  /**
   * A round on this channel.
   *
   * @param aside the channel's messages that are being moved, whatever their round; thread-safe
   */
  Round(LiveConnection connection, Channel channel, NavigableSet<Long> aside) {
    this.connection = connection;
    this.channel = channel;
    this.aside = aside;
  }

  /**
   * False if the round has ended: what was still on its way then goes back like all that is open.
   */
  synchronized boolean delivered(long tag) {
    if (givenBack) {
      connection.tell(() -> channel.basicNack(tag, false, REQUEUE));
      return false;
    }
    open.add(tag);
    return !ended;
  }

  /** Acknowledges those of these tags, given in ascending order, that are still open. */
  synchronized void acknowledge(List<Long> tags) {
    if (ended) {
      return;
    }
    var settled = tags.stream().filter(open::remove).toList();
    if (!settled.isEmpty()) {
      connection.tell(() -> acknowledgeAll(settled));
    }
  }

  /**
   * Keeps a message that is being moved beyond the end of the round: were it given back meanwhile,
   * somebody else would move it, too. False if it has been given back already.
   */
  synchronized boolean keep(long tag) {
    return open.remove(tag) && aside.add(tag);
  }

  /** Acknowledges a message that was kept, now that it has arrived elsewhere. */
  synchronized void moved(long tag) {
    if (aside.remove(tag)) {
      connection.tell(() -> channel.basicAck(tag, false));
    }
  }

  /** From now on nothing is acknowledged but what was kept. */
  synchronized void end() {
    ended = true;
  }

  /** Gives back what is open, once the subscription has ended. */
  synchronized void giveBack() {
    if (!open.isEmpty()) {
      connection.tell(this::nackOpen);
    }
    open.clear();
    givenBack = true;
  }

  private void acknowledgeAll(List<Long> settled) throws IOException {
    var last = settled.getLast();
    if (nothingIsMovedUpTo(last) && (open.isEmpty() || open.first() > last)) {
      channel.basicAck(last, true);
      return;
    }
    for (var tag : settled) {
      channel.basicAck(tag, false);
    }
  }

  private void nackOpen() throws IOException {
    if (nothingIsMovedUpTo(open.last())) {
      channel.basicNack(open.last(), true, REQUEUE);
      return;
    }
    for (var tag : open) {
      channel.basicNack(tag, false, REQUEUE);
    }
  }

  // One message for all of them would take along whatever has a lower tag.
  private boolean nothingIsMovedUpTo(long tag) {
    return aside.headSet(tag).isEmpty();
  }
}
