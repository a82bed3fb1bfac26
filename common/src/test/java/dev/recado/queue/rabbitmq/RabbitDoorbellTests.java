package dev.recado.queue.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.recado.queue.DoorbellContract;
import dev.recado.rabbitmq.BrokerLink;
import dev.recado.testing.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The doorbell on a real broker. */
abstract class RabbitDoorbellTests extends RabbitDoorbellUnderTest implements DoorbellContract {
  RabbitDoorbellTests(TestBroker broker) {
    super(broker);
  }

  @Test
  void anybody_may_declare_the_queue_as_a_plain_durable_one() {
    awaitConnected();

    admin.declare(Queues.TASKS, Map.of());
  }

  @Test
  void a_queue_that_is_there_is_used_as_it_is() throws InterruptedException {
    awaitConnected();
    publisher.close();
    consumer.close();
    admin.delete(Queues.TASKS);
    admin.declare(Queues.TASKS, Map.of("x-queue-type", "quorum"));

    publisher = new RabbitTaskPublisher(broker.settings());
    consumer = newConsumer();
    ring(3);

    hearAndAcknowledge(3);
  }

  @Test
  void a_ring_that_a_lost_worker_had_heard_is_heard_by_the_next() throws InterruptedException {
    ring(1);
    assertThat(consumer.await(LONG).count()).isEqualTo(1);

    consumer.close();
    consumer = newConsumer();

    hearAndAcknowledge(1);
  }

  @Test
  void a_paused_consumer_leaves_its_rings_to_others() throws InterruptedException {
    ring(1);
    consumer.await(LONG);

    consumer.pause();

    try (var other = newConsumer()) {
      assertThat(other.await(LONG).count()).isEqualTo(1);
    }
  }

  @Test
  void an_acknowledgement_says_nothing_about_rings_heard_later() throws InterruptedException {
    ring(1);
    var first = consumer.await(LONG);
    ring(1);
    consumer.await(LONG);

    first.acknowledge();
    consumer.close();
    consumer = newConsumer();

    hearAndAcknowledge(1);
  }

  @Test
  void an_acknowledgement_says_nothing_about_rings_heard_before() throws InterruptedException {
    ring(1);
    consumer.await(LONG);
    ring(1);
    var second = consumer.await(LONG);

    second.acknowledge();
    consumer.close();
    consumer = newConsumer();

    hearAndAcknowledge(1);
  }

  @Test
  void rings_wait_at_the_broker_while_no_worker_is_there() throws InterruptedException {
    consumer.close();
    ring(500);
    await().atMost(LONG).until(() -> admin.ready(Queues.TASKS) == 500);

    consumer = newConsumer();

    hearAndAcknowledge(500);
  }

  @Test
  void a_worker_with_many_slots_holds_a_few_rings_and_leaves_the_others_to_others() {
    consumer.close();
    ring(500);
    await().atMost(LONG).until(() -> admin.ready(Queues.TASKS) == 500);

    consumer = newConsumer();

    await().atMost(LONG).until(() -> admin.ready(Queues.TASKS) < 500);
    await()
        .during(Duration.ofMillis(300))
        .until(() -> admin.ready(Queues.TASKS) >= 500 - RabbitTaskConsumer.MOST_HELD);
  }

  @Test
  void a_queue_deleted_under_the_publisher_is_declared_again() throws InterruptedException {
    consumer.close();
    // Just after it has looked at the queues, so that only the returned rings can tell it.
    await().atMost(LONG).until(() -> publisher.deadLetters().isPresent());
    admin.delete(Queues.TASKS);

    ring(10);
    consumer = newConsumer();

    hearAtLeast(10);
  }

  @Test
  void a_queue_deleted_under_the_consumer_is_listened_to_again() {
    awaitConnected();

    admin.delete(Queues.TASKS);

    await().atMost(LONG).until(this::isHeardWhenRung);
  }

  private boolean isHeardWhenRung() throws InterruptedException {
    ring(1);
    var rings = consumer.await(SHORT);
    rings.acknowledge();
    return rings.count() > 0;
  }

  @Test
  void a_ring_with_more_in_it_than_we_know_is_a_ring() throws InterruptedException {
    awaitConnected();
    admin.put(
        Queues.TASKS, "{\"job_id\":\"%s\",\"version\":1,\"color\":\"red\"}".formatted(aJob()));

    hearAndAcknowledge(1);
  }

  @Test
  void duplicates_and_unknown_jobs_are_rings_like_any_other() throws InterruptedException {
    var job = aJob();
    publisher.ring(job);
    publisher.ring(job);

    hearAndAcknowledge(2);
  }

  @Test
  void a_broker_short_of_memory_delays_no_caller_and_no_acknowledgement()
      throws InterruptedException {
    consumer.pause();
    ring(100);
    await().atMost(LONG).until(() -> admin.ready(Queues.TASKS) == 100);
    broker.ctl("set_vm_memory_high_watermark", "0");
    try {
      var slowest = slowestRingOf(1_000);
      consumer.resume();
      hearAtLeast(100);

      // who is delayed is so for as long as the alarm lasts
      assertThat(slowest).isLessThan(Duration.ofSeconds(2));
      awaitNothingHeld();
      await().atMost(LONG).until(() -> !publisher.isConnected());
      assertThat(publisher.hasUnheardRings()).isTrue();
    } finally {
      broker.ctl("set_vm_memory_high_watermark", "0.4");
    }

    hearAtLeast(1_000);
    awaitPublisher();
  }

  @Test
  void an_outage_is_told_in_one_line_and_its_end_in_another() {
    awaitConnected();
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    var log = (Logger) LoggerFactory.getLogger(BrokerLink.class);
    log.addAppender(lines);
    try {
      broker.ctl("close_all_connections", "test");
      await()
          .atMost(LONG)
          .untilAsserted(() ->
              assertThat(List.copyOf(lines.list))
                  .filteredOn(line -> line.getLevel() == Level.WARN)
                  .extracting(ILoggingEvent::getFormattedMessage)
                  .filteredOn(line -> line.startsWith("recado doorbell in"))
                  .satisfiesExactly(
                      away -> assertThat(away).contains("is away"),
                      back -> assertThat(back).contains("connected to"))
                  .noneMatch(line -> line.contains("guest:")));
    } finally {
      log.detachAppender(lines);
    }
  }

  @Test
  void an_error_of_the_jvm_in_a_session_is_not_the_end_of_its_link() {
    var thrown = new AtomicBoolean();
    var quiet = org.slf4j.event.Level.DEBUG;
    var link =
        BrokerLink.open(
            broker.settings(),
            "recado test",
            quiet,
            connection -> {
              if (thrown.compareAndSet(false, true)) {
                throw new StackOverflowError("expected by this test");
              }
              connection.ready();
              connection.awaitEnd();
            });
    try (link) {
      await().atMost(LONG).until(link::isConnected);
      assertThat(thrown).isTrue();
    }
  }

  private Duration slowestRingOf(int rings) {
    var slowest = 0L;
    for (var i = 0; i < rings; i++) {
      var begin = System.nanoTime();
      publisher.ring(aJob());
      slowest = Math.max(slowest, System.nanoTime() - begin);
    }
    return Duration.ofNanos(slowest);
  }
}
