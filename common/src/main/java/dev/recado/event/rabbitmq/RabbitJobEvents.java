package dev.recado.event.rabbitmq;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import dev.recado.config.BrokerSettings;
import dev.recado.event.JobEvent;
import dev.recado.event.JobEvents;
import dev.recado.event.local.LocalJobEvents;
import dev.recado.job.JobId;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Job events over a RabbitMQ fanout exchange. This process hears its own events directly, also
 * while the broker is away; the others hear them through the broker. Sending and receiving have a
 * connection each, as a broker that is short of memory stops connections that publish.
 */
public final class RabbitJobEvents implements JobEvents {
  static final String EXCHANGE = "recado.events";

  private final LocalJobEvents here = new LocalJobEvents();
  private final EventSender sender;
  private final EventReceiver receiver;

  /** Begins to connect to this broker, and returns at once. */
  public RabbitJobEvents(BrokerSettings broker) {
    var ourName = UUID.randomUUID().toString();
    sender = new EventSender(broker, ourName);
    receiver = new EventReceiver(broker, ourName, here::publish);
  }

  static void declareExchange(Channel channel) throws IOException {
    channel.exchangeDeclare(EXCHANGE, BuiltinExchangeType.FANOUT, true);
  }

  @Override
  public void publish(JobEvent event) {
    here.publish(event);
    sender.send(event);
  }

  @Override
  public void foretellEnd(JobId job) {
    sender.sendAhead(new JobEvent.EndForetold(job));
  }

  @Override
  public Subscription subscribe(Consumer<JobEvent> listener) {
    return here.subscribe(listener);
  }

  /** Whether events go out to other processes and come in from them. */
  public boolean isConnected() {
    return sender.isConnected() && receiver.isConnected();
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
    here.close();
  }
}
