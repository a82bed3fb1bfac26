package dev.recado.event.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.recado.config.BrokerSettings;
import dev.recado.event.JobEvent;
import dev.recado.rabbitmq.BrokerLink;
import dev.recado.rabbitmq.LiveConnection;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.event.Level;

/** Takes in what other processes tell, through a queue that lives as long as the connection. */
final class EventReceiver implements AutoCloseable {
  /** A process that is stopped in a debugger must not fill the broker's memory. */
  private static final Map<String, Object> BOUNDED = Map.of("x-max-length", 10_000);

  private final EventFormat format = new EventFormat();
  private final String ourName;
  private final Consumer<JobEvent> listener;
  private final BrokerLink link;

  EventReceiver(BrokerSettings broker, String ourName, Consumer<JobEvent> listener) {
    this.ourName = ourName;
    this.listener = listener;
    this.link = BrokerLink.open(broker, "recado events in", Level.DEBUG, this::run);
  }

  boolean isConnected() {
    return link.isConnected();
  }

  @Override
  public void close() {
    link.close();
  }

  private void run(LiveConnection connection) throws Exception {
    var channel = connection.channel();
    RabbitJobEvents.declareExchange(channel);
    var queue = channel.queueDeclare("", false, true, true, BOUNDED).getQueue();
    channel.queueBind(queue, RabbitJobEvents.EXCHANGE, "");
    channel.basicConsume(queue, true, new Ear(connection, channel));
    connection.ready();
    connection.awaitEnd();
  }

  private final class Ear extends DefaultConsumer {
    private final LiveConnection connection;

    Ear(LiveConnection connection, Channel channel) {
      super(channel);
      this.connection = connection;
    }

    @Override
    public void handleDelivery(
        String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
      // Our own listeners have heard our own events already.
      if (!ourName.equals(properties.getAppId())) {
        format.read(body).forEach(listener);
      }
    }

    @Override
    public void handleCancel(String consumerTag) {
      connection.fail(new IOException("the broker ended the subscription"));
    }
  }
}
