package dev.recado.queue.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.recado.lifecycle.FailPoint;
import dev.recado.rabbitmq.LiveConnection;
import java.io.IOException;
import java.util.NavigableSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;

/** The consumer's side of one connection. Its caller lets one thread in at a time. */
final class Listening {
  private final LiveConnection connection;
  private final HeardRings heard;
  private final DeadLetterOffice deadLetters;
  private final Channel channel;
  private final NavigableSet<Long> aside = new ConcurrentSkipListSet<>();
  private Round round;
  private String subscription = "";
  private CompletableFuture<?> said = CompletableFuture.completedFuture("");

  Listening(LiveConnection connection, int prefetch, HeardRings heard, DeadLetterOffice deadLetters)
      throws IOException {
    this.connection = connection;
    this.heard = heard;
    this.deadLetters = deadLetters;
    this.channel = connection.channel();
    channel.basicQos(prefetch);
    this.round = new Round(connection, channel, aside);
  }

  void start() {
    var next = new Round(connection, channel, aside);
    round = next;
    heard.begin(next);
    inTurn(() -> subscription = channel.basicConsume(Queues.TASKS, false, new Ear(next)));
  }

  // In this order: what is given back before would be delivered to us again.
  void stop() {
    heard.forget();
    var over = round;
    inTurn(() -> {
      channel.basicCancel(subscription);
      over.giveBack();
    });
  }

  /** After what was said before, and not on the caller's thread: the broker may stand still. */
  private void inTurn(LiveConnection.Message message) {
    said =
        said.thenRunAsync(() -> connection.tell(message), Thread::startVirtualThread)
            .whenComplete((_, mistake) -> {
              if (mistake != null) {
                connection.fail(mistake);
              }
            });
  }

  private final class Ear extends DefaultConsumer {
    private final RingFormat format = new RingFormat();
    private final Round round;

    Ear(Round round) {
      super(channel);
      this.round = round;
    }

    @Override
    public void handleDelivery(
        String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
      var tag = envelope.getDeliveryTag();
      if (round.delivered(tag)) {
        FailPoint.DELIVERED.reached();
        hear(tag, body);
      }
    }

    private void hear(long tag, byte[] body) {
      try {
        format.read(body);
        heard.hear(round, tag);
      } catch (UnreadableRingException unreadable) {
        if (round.keep(tag)) {
          deadLetters.setAside(body, unreadable, () -> round.moved(tag));
        }
      }
    }

    /** The broker has ended the subscription, as it does when somebody deletes the queue. */
    @Override
    public void handleCancel(String consumerTag) {
      connection.fail(new IOException("the broker ended the subscription"));
    }
  }
}
