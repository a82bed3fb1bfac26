package dev.recado.queue.rabbitmq;

import com.rabbitmq.client.Channel;
import dev.recado.lifecycle.FailPoint;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.queue.WaitingJobs;
import dev.recado.rabbitmq.LiveConnection;
import dev.recado.rabbitmq.Outbox;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends letters until the broker has confirmed them. What waits together goes together, and is
 * confirmed together. Whatever goes wrong with a batch, the whole of it is sent again on the next
 * connection: a ring too many does no harm. One thread runs it; posting is thread-safe.
 */
final class ConfirmedRelay {
  private static final Log log = Log.of(ConfirmedRelay.class);

  /** How long the broker may take to confirm a batch; the time it is blocked does not count. */
  private static final Duration CONFIRM = Duration.ofSeconds(5);

  /** How often waits are interrupted to look around. */
  private static final Duration GLANCE = Duration.ofSeconds(1);

  private static final int BATCH = 1_000;

  private final Outbox<Letter> outbox;
  private final ModeratedRings moderated;
  private volatile List<Letter> inHand = List.of();

  /** A relay that holds so many letters, and sends no more than these jobs need. */
  ConfirmedRelay(int capacity, WaitingJobs waiting) {
    outbox = new Outbox<>(capacity);
    moderated = new ModeratedRings(waiting);
  }

  /** Takes a letter, or drops it when too many wait already. Returns at once. */
  void post(Letter letter) {
    outbox.put(letter);
  }

  boolean isIdle() {
    return inHand.isEmpty() && moderated.size() == 0 && outbox.isEmpty();
  }

  /** How many letters the broker has not confirmed; for people, as it may be off by a batch. */
  long size() {
    return (long) inHand.size() + moderated.size() + outbox.size();
  }

  /** What else is to be done on the relay's channel, once a second or more often. */
  @FunctionalInterface
  interface Chore {
    void run(Channel channel) throws IOException;
  }

  /** Sends until the connection ends; when the link is being closed, what waits is still sent. */
  void run(LiveConnection connection, Chore chore) throws Exception {
    Queues.ensure(connection);
    var channel = connection.channel();
    var returned = new AtomicBoolean();
    channel.addReturnListener(letter -> returned.set(true));
    channel.confirmSelect();
    connection.whenEnded(outbox::wake);
    connection.ready();
    do {
      connection.awaitUnblocked(GLANCE);
      if (!connection.isBlocked()) {
        takeIfFree();
        deliver(connection, channel, returned);
        chore.run(channel);
      }
      connection.check();
    } while (connection.isOpen() || !isIdle());
  }

  private void deliver(LiveConnection connection, Channel channel, AtomicBoolean returned)
      throws Exception {
    send(channel);
    FailPoint.PUBLISHED.reached();
    confirm(connection, channel);
    if (returned.get()) {
      // Confirmed, but thrown away: somebody has deleted the queue under us.
      throw new IOException("a queue is gone");
    }
    settle();
    reportDrops();
  }

  private void takeIfFree() throws InterruptedException {
    if (inHand.isEmpty()) {
      var pause = moderated.pause();
      Thread.sleep(pause);
      inHand = outbox.take(BATCH, pause.isZero() ? GLANCE : Duration.ZERO);
      inHand = moderated.next(inHand);
    }
  }

  private void send(Channel channel) throws IOException {
    for (var letter : inHand) {
      channel.basicPublish("", letter.queue(), true, letter.properties(), letter.body());
    }
  }

  private void confirm(LiveConnection connection, Channel channel)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    for (var left = CONFIRM; !isConfirmed(channel); connection.check()) {
      left = connection.isBlocked() ? CONFIRM : left.minus(GLANCE);
      if (!left.isPositive()) {
        throw new TimeoutException("no confirm within " + CONFIRM.toSeconds() + " s");
      }
    }
  }

  private boolean isConfirmed(Channel channel) throws IOException, InterruptedException {
    try {
      if (channel.waitForConfirms(GLANCE.toMillis())) {
        return true;
      }
      throw new IOException("the broker refused a message");
    } catch (TimeoutException notYet) {
      return false;
    }
  }

  private void settle() {
    var safe = inHand;
    inHand = List.of();
    safe.forEach(letter -> letter.whenSafe().run());
  }

  private void reportDrops() {
    var dropped = isIdle() ? outbox.takeDropped() : 0;
    if (dropped > 0) {
      log.tell(LogEvent.RINGS_DROPPED, dropped);
    }
  }
}
