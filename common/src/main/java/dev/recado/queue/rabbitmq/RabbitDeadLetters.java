package dev.recado.queue.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import dev.recado.config.BrokerSettings;
import dev.recado.queue.DeadLetter;
import dev.recado.queue.DeadLetters;
import dev.recado.queue.DoorbellUnavailableException;
import dev.recado.rabbitmq.BrokerVisit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks after {@link Queues#DEAD}. Letters are taken out of the queue and not acknowledged: with
 * the channel's end the broker puts them back to where they were.
 */
final class RabbitDeadLetters implements DeadLetters {
  private static final Duration CONFIRM = Duration.ofSeconds(5);

  private final RingFormat rings = new RingFormat();
  private final LetterFormat letters = new LetterFormat();
  private final BrokerSettings broker;

  RabbitDeadLetters(BrokerSettings broker) {
    this.broker = broker;
  }

  @Override
  public List<DeadLetter> first(int atMost) {
    return visit(channel -> take(channel, atMost).stream().map(Taken::letter).toList());
  }

  @Override
  public Cleared replay(Predicate<DeadLetter> which) {
    return visit(channel -> clear(channel, which.and(letter -> letter.job() != null), this::ring));
  }

  @Override
  public Cleared discard(Predicate<DeadLetter> which) {
    return visit(channel -> clear(channel, which, (_, _) -> {}));
  }

  /** A letter that is out of the queue until its tag is acknowledged, or the channel ends. */
  private record Taken(long tag, DeadLetter letter) {}

  private List<Taken> take(Channel channel, int atMost) throws IOException {
    var taken = new ArrayList<Taken>();
    while (taken.size() < atMost) {
      @Nullable GetResponse message = channel.basicGet(Queues.DEAD, false);
      if (message == null) {
        break;
      }
      taken.add(new Taken(message.getEnvelope().getDeliveryTag(), letters.read(message)));
    }
    return taken;
  }

  private Cleared clear(Channel channel, Predicate<DeadLetter> which, Farewell farewell)
      throws IOException, InterruptedException, TimeoutException {
    var taken = take(channel, MOST);
    var chosen = taken.stream().filter(letter -> which.test(letter.letter())).toList();
    channel.confirmSelect();
    for (var letter : chosen) {
      farewell.bid(channel, letter.letter());
    }
    // Before any letter is gone: what is rung twice does no harm, what is lost does.
    channel.waitForConfirmsOrDie(CONFIRM.toMillis());
    for (var letter : chosen) {
      channel.basicAck(letter.tag(), false);
    }
    // The answer comes after the acknowledgements have been heard.
    var others = Queues.ready(channel, Queues.DEAD);
    return new Cleared(chosen.size(), others + taken.size() - chosen.size());
  }

  /** What is done before a letter goes. */
  @FunctionalInterface
  private interface Farewell {
    void bid(Channel channel, DeadLetter letter) throws IOException;
  }

  private void ring(Channel channel, DeadLetter letter) throws IOException {
    if (letter.job() != null) {
      var ring = rings.write(letter.job());
      channel.basicPublish("", Queues.TASKS, RabbitTaskPublisher.PERSISTENT, ring);
    }
  }

  @FunctionalInterface
  private interface Errand<T> {
    T run(Channel channel) throws Exception;
  }

  /** One at a time, as two would each see some of the letters. */
  private synchronized <T> T visit(Errand<T> errand) {
    try {
      return BrokerVisit.pay(
          broker,
          "recado dead letters desk",
          connection -> {
            Queues.ensure(connection);
            return errand.run(connection.disposableChannel());
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    } catch (Exception e) {
      throw unavailable(e);
    }
  }

  private static DoorbellUnavailableException unavailable(Exception cause) {
    return new DoorbellUnavailableException("The broker cannot be asked for dead letters", cause);
  }
}
