package dev.recado.queue.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import dev.recado.config.BrokerSettings;
import dev.recado.job.JobId;
import dev.recado.queue.DeadLetters;
import dev.recado.queue.DoorbellState;
import dev.recado.queue.TaskPublisher;
import dev.recado.queue.WaitingJobs;
import dev.recado.rabbitmq.BrokerLink;
import dev.recado.trace.Attribute;
import dev.recado.trace.Traceparent;
import dev.recado.trace.Traces;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Rings through RabbitMQ. Callers only fill a buffer; one thread with a connection of its own
 * empties it, as a broker that is short of memory stops reading and so stops whoever publishes.
 */
public final class RabbitTaskPublisher implements TaskPublisher {
  /** So many rings fit; beyond that the broker has been away so long that jobs find workers. */
  private static final int CAPACITY = 50_000;

  private static final Duration CENSUS_EVERY = Duration.ofSeconds(1);
  static final BasicProperties PERSISTENT =
      new BasicProperties.Builder().contentType(RingFormat.MEDIA_TYPE).deliveryMode(2).build();

  private final Traces traces;
  private final RingFormat format = new RingFormat();
  private final ConfirmedRelay relay;
  private final RabbitDeadLetters deadLetters;
  private final BrokerLink link;
  private volatile @Nullable Census census;

  private record Census(long rings, long dead, long takenAt) {}

  /** Begins to connect to this broker, and returns at once. */
  public RabbitTaskPublisher(BrokerSettings broker) {
    this(broker, WaitingJobs.UNKNOWN, Traces.OFF);
  }

  /**
   * The same, with no more rings than it takes to wake workers for the jobs that wait; and each
   * ring that is part of a trace is a span of it.
   */
  public RabbitTaskPublisher(BrokerSettings broker, WaitingJobs waiting, Traces traces) {
    this.traces = traces;
    relay = new ConfirmedRelay(CAPACITY, waiting);
    deadLetters = new RabbitDeadLetters(broker);
    link =
        BrokerLink.open(
            broker,
            "recado doorbell out",
            Level.WARN,
            connection -> {
              try {
                relay.run(connection, this::takeCensus);
              } finally {
                census = null;
              }
            });
  }

  @Override
  public void ring(JobId job) {
    relay.post(new Letter(Queues.TASKS, PERSISTENT, format.write(job)));
  }

  @Override
  public void ring(JobId job, @Nullable String traceparent) {
    if (traceparent == null) {
      ring(job);
      return;
    }
    // Until the broker has confirmed it. A ring that is dropped leaves no span.
    var span =
        traces
            .begin(Traces.Kind.PRODUCER, "send " + Queues.TASKS, traceparent)
            .note(Attribute.MESSAGING_SYSTEM, "rabbitmq")
            .note(Attribute.MESSAGING_DESTINATION, Queues.TASKS)
            .note(Attribute.MESSAGING_OPERATION, "send")
            .note(Attribute.JOB_ID, job.value());
    var properties = within(Objects.requireNonNullElse(span.traceparent(), traceparent));
    relay.post(new Letter(Queues.TASKS, properties, format.write(job), span::close));
  }

  private static BasicProperties within(String traceparent) {
    return PERSISTENT.builder().headers(Map.of(Traceparent.HEADER, traceparent)).build();
  }

  @Override
  public boolean isConnected() {
    return link.isConnected();
  }

  @Override
  public boolean hasUnheardRings() {
    var latest = census;
    return !relay.isIdle() || (latest != null && latest.rings() > 0);
  }

  @Override
  public OptionalLong deadLetters() {
    var latest = census;
    return latest == null ? OptionalLong.empty() : OptionalLong.of(latest.dead());
  }

  @Override
  public DeadLetters deadLetterBox() {
    return deadLetters;
  }

  @Override
  public DoorbellState state() {
    var isBlocked = link.isBlocked();
    return new DoorbellState(
        DoorbellState.Kind.RABBITMQ, isBlocked || isConnected(), isBlocked, relay.size());
  }

  /** Sends what waits, if that takes no longer than a few seconds. */
  @Override
  public void close() {
    link.close();
  }

  /** Whether everything that was rung, and not dropped, is safe with the broker. */
  boolean isIdle() {
    return relay.isIdle();
  }

  private void takeCensus(Channel channel) throws IOException {
    var latest = census;
    var now = System.nanoTime();
    if (latest == null || now - latest.takenAt() >= CENSUS_EVERY.toNanos()) {
      var rings = Queues.ready(channel, Queues.TASKS);
      census = new Census(rings, Queues.ready(channel, Queues.DEAD), now);
    }
  }
}
