package dev.recado.queue.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.recado.config.BrokerSettings;
import dev.recado.config.Host;
import dev.recado.config.HostAndPort;
import dev.recado.config.Secret;
import dev.recado.job.JobId;
import dev.recado.queue.DeadLetter;
import dev.recado.queue.DeadLetters;
import dev.recado.queue.DoorbellUnavailableException;
import dev.recado.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What becomes of messages that are no rings. */
abstract class RabbitDeadLetterTests extends RabbitDoorbellUnderTest {
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

  RabbitDeadLetterTests(TestBroker broker) {
    super(broker);
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
}
