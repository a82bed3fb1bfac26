package dev.recado.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.GetResponse;
import dev.recado.testing.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Somebody else at the broker: looks into queues, deletes them, puts things in. */
public final class QueueAdmin implements AutoCloseable {
  private final Connection connection;
  private final Channel channel;

  /** Connects. */
  public QueueAdmin(TestBroker broker) {
    var settings = broker.settings();
    var factory = new ConnectionFactory();
    factory.setHost(settings.address().host().name());
    factory.setPort(settings.address().port());
    factory.setUsername(settings.user());
    factory.setPassword(settings.password().reveal());
    try {
      connection = factory.newConnection("admin");
      channel = connection.createChannel();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deletes a queue, if it is there. */
  public void delete(String queue) {
    run(() -> channel.queueDelete(queue));
  }

  /** Declares a durable queue. */
  public void declare(String queue, Map<String, Object> arguments) {
    run(() -> channel.queueDeclare(queue, true, false, false, arguments));
  }

  /** Lets a queue hear all that is published to an exchange. */
  public void bind(String queue, String exchange) {
    run(() -> channel.queueBind(queue, exchange, ""));
  }

  /** Puts a persistent message into a queue. */
  public void put(String queue, String body) {
    var persistent = new BasicProperties.Builder().deliveryMode(2).build();
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    run(() -> channel.basicPublish("", queue, persistent, bytes));
  }

  /** Takes a message out of a queue. */
  public Optional<GetResponse> take(String queue) {
    return ask(() -> Optional.ofNullable(channel.basicGet(queue, true)));
  }

  /** Takes a message out of a queue, and reads it as text. */
  public Optional<String> takeText(String queue) {
    return take(queue).map(message -> new String(message.getBody(), StandardCharsets.UTF_8));
  }

  /** Takes a message out of a queue, and reads a header of it. */
  public Optional<String> takeHeader(String queue, String header) {
    return take(queue).map(message -> String.valueOf(message.getProps().getHeaders().get(header)));
  }

  /** Takes the messages of a queue and never acknowledges them. */
  public void hold(String queue) {
    run(() -> channel.basicConsume(queue, false, new DefaultConsumer(channel)));
  }

  /** Whether the broker has left the channel open. */
  public boolean isOpen() {
    return channel.isOpen();
  }

  /** How many messages of a queue nobody has taken. */
  public long ready(String queue) {
    return ask(() -> channel.messageCount(queue));
  }

  /** Publishes an event of one's own making. */
  public void publish(String exchange, String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    run(() -> channel.basicPublish(exchange, "", new BasicProperties(), bytes));
  }

  @Override
  public void close() {
    connection.abort();
  }

  private static <T> T ask(Question<T> question) {
    try {
      return question.ask();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(Command command) {
    try {
      command.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Question<T> {
    T ask() throws IOException;
  }

  private interface Command {
    void run() throws IOException;
  }
}
