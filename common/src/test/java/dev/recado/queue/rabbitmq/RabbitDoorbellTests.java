package dev.recado.queue.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.recado.config.BrokerSettings;
import dev.recado.config.Host;
import dev.recado.config.HostAndPort;
import dev.recado.config.Secret;
import dev.recado.job.JobId;
import dev.recado.queue.DeadLetter;
import dev.recado.queue.DeadLetters;
import dev.recado.queue.DoorbellContract;
import dev.recado.queue.DoorbellUnavailableException;
import dev.recado.queue.TaskConsumer;
import dev.recado.queue.TaskPublisher;
import dev.recado.rabbitmq.BrokerLink;
import dev.recado.rabbitmq.QueueAdmin;
import dev.recado.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The doorbell on a real broker, whatever its version. */
abstract class RabbitDoorbellTests implements DoorbellContract {
  private static final int PREFETCH = 256;
  private static final String OF_TOMORROW = "019a0000-0000-7000-8000-000000000000";
  private static final List<String> NO_RINGS =
      List.of(
          "",
          "garbage",
          "[]",
          "{\"job_id\":7}",
          "{\"job_id\":\"no-uuid\"}",
          "{\"job_id\":\"" + OF_TOMORROW + "\",\"version\":2}");
  private static final OptionalLong ALL_DEAD = OptionalLong.of(NO_RINGS.size());

  private final TestBroker broker;
  private final QueueAdmin admin;
  private RabbitTaskPublisher publisher;
  private RabbitTaskConsumer consumer;

  RabbitDoorbellTests(TestBroker broker) {
    this.broker = broker;
    this.admin = new QueueAdmin(broker);
    admin.delete(Queues.TASKS);
    admin.delete(Queues.DEAD);
    publisher = new RabbitTaskPublisher(broker.settings());
    consumer = newConsumer();
  }

  private RabbitTaskConsumer newConsumer() {
    return new RabbitTaskConsumer(broker.settings(), PREFETCH);
  }

  @AfterEach
  void disconnect() {
    publisher.close();
    consumer.close();
    admin.close();
  }

  @Override
  public TaskPublisher publisher() {
    return publisher;
  }

  @Override
  public TaskConsumer consumer() {
    return consumer;
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
  void what_is_no_ring_is_moved_aside_whole_and_hurts_no_ring() throws InterruptedException {
    awaitConnected();
    NO_RINGS.forEach(body -> admin.put(Queues.TASKS, body));
    ring(5);

    hearAndAcknowledge(5);

    await().atMost(LONG).until(() -> publisher.deadLetters().equals(ALL_DEAD));
    for (var body : NO_RINGS) {
      var dead = admin.take(Queues.DEAD).orElseThrow();
      assertThat(new String(dead.getBody(), StandardCharsets.UTF_8)).isEqualTo(body);
      assertThat(dead.getProps().getHeaders()).containsKey("x-recado-reason");
    }
    awaitNothingHeld();
  }

  @Test
  void what_is_being_moved_aside_is_nobody_elses_when_its_consumer_pauses() {
    awaitConnected();
    consumer.pause();
    admin.put(Queues.TASKS, "garbage");
    await().atMost(LONG).until(() -> admin.ready(Queues.TASKS) == 1);
    // it cannot be moved for the moment
    broker.ctl("set_vm_memory_high_watermark", "0");
    try (var other = newConsumer()) {
      await().atMost(LONG).until(other::isConnected);
      other.pause();
      consumer.resume();
      await().atMost(LONG).until(() -> tasks("messages_unacknowledged") == 1);

      consumer.pause();
      other.resume();

      await().during(Duration.ofMillis(300)).until(() -> tasks("messages_unacknowledged") == 1);
      broker.ctl("set_vm_memory_high_watermark", "0.4");
      await().atMost(LONG).until(() -> tasks("messages") == 0);
    } finally {
      broker.ctl("set_vm_memory_high_watermark", "0.4");
    }

    awaitPublisher();
    assertThat(admin.ready(Queues.DEAD)).isEqualTo(1);
  }

  private int tasks(String column) {
    return broker
        .ctl("list_queues", "--no-table-headers", "name", column)
        .lines()
        .filter(line -> line.startsWith(Queues.TASKS + "\t"))
        .mapToInt(line -> Integer.parseInt(line.substring(Queues.TASKS.length() + 1)))
        .sum();
  }

  @Test
  void looking_at_dead_letters_changes_nothing() {
    letDie();
    var box = publisher.deadLetterBox();

    var letters = box.first(50);

    assertThat(letters).hasSize(NO_RINGS.size()).isEqualTo(box.first(50));
    assertThat(letters).extracting(DeadLetter::preview).containsExactlyElementsOf(NO_RINGS);
    assertThat(letters)
        .extracting(DeadLetter::reason)
        .contains("not JSON", "of an unknown version");
    assertThat(letters).extracting(DeadLetter::key).doesNotHaveDuplicates();
    assertThat(letters)
        .allSatisfy(letter -> assertThat(letter.at()).isAfter(Instant.now().minusSeconds(60)));
    assertThat(letters.getLast().job()).isEqualTo(new JobId(OF_TOMORROW));
    assertThat(letters.subList(0, 5)).allMatch(letter -> letter.job() == null);
    assertThat(box.first(2)).isEqualTo(letters.subList(0, 2));
  }

  @Test
  void a_dead_letter_that_names_a_job_is_rung_again_and_the_others_stay()
      throws InterruptedException {
    letDie();
    var box = publisher.deadLetterBox();

    assertThat(box.replay(letter -> true)).isEqualTo(new DeadLetters.Cleared(1, 5));

    hearAndAcknowledge(1);
    assertThat(box.first(50)).hasSize(5).allMatch(letter -> letter.job() == null);
  }

  @Test
  void dead_letters_are_thrown_away_by_their_keys_and_copies_with_them() {
    letDie();
    admin.put(Queues.DEAD, "garbage");
    var box = publisher.deadLetterBox();
    var garbage = box.first(50).get(1);

    var cleared = box.discard(letter -> letter.key().equals(garbage.key()));

    assertThat(cleared).isEqualTo(new DeadLetters.Cleared(2, 5));
    assertThat(box.first(50)).hasSize(5).doesNotContain(garbage);
  }

  @Test
  void a_long_dead_letter_is_shown_by_its_beginning() {
    awaitConnected();
    admin.put(Queues.DEAD, "ção".repeat(1_000));

    assertThat(publisher.deadLetterBox().first(1).getFirst().preview())
        .hasSize(DeadLetter.PREVIEW)
        .startsWith("çãoção");
  }

  @Test
  void dead_letters_stay_where_they_are_while_the_broker_cannot_be_asked() {
    var away =
        new BrokerSettings(
            new HostAndPort(new Host("127.0.0.1"), 1), "guest", new Secret("guest"), "/", false);
    try (var other = new RabbitTaskPublisher(away)) {
      assertThatThrownBy(() -> other.deadLetterBox().first(1))
          .isInstanceOf(DoorbellUnavailableException.class);
    }
  }

  private void letDie() {
    awaitConnected();
    NO_RINGS.forEach(body -> admin.put(Queues.TASKS, body));
    await().atMost(LONG).until(() -> admin.ready(Queues.DEAD) == NO_RINGS.size());
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

      assertThat(slowest).isLessThan(Duration.ofMillis(50));
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

  private Duration slowestRingOf(int rings) {
    var slowest = 0L;
    for (var i = 0; i < rings; i++) {
      var begin = System.nanoTime();
      publisher.ring(aJob());
      slowest = Math.max(slowest, System.nanoTime() - begin);
    }
    return Duration.ofNanos(slowest);
  }

  private void awaitConnected() {
    awaitPublisher();
    await().atMost(LONG).until(() -> consumer.isConnected());
  }

  private void awaitPublisher() {
    await().atMost(LONG).until(() -> publisher.isConnected());
  }

  private void awaitNothingHeld() {
    await()
        .atMost(LONG)
        .until(() ->
            broker
                .ctl("list_queues", "--no-table-headers", "name", "messages_unacknowledged")
                .lines()
                .allMatch(line -> line.endsWith("\t0")));
  }
}
