package dev.recado.event.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.event.JobEvent;
import dev.recado.event.JobEvent.EndForetold;
import dev.recado.event.JobEvent.TakenAway;
import dev.recado.event.JobEvents;
import dev.recado.event.JobEventsContract;
import dev.recado.rabbitmq.QueueAdmin;
import dev.recado.testing.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The event bus on a real broker, whatever its version. */
abstract class RabbitJobEventsTests implements JobEventsContract {
  private final TestBroker broker;
  private final RabbitJobEvents here;
  private final RabbitJobEvents elsewhere;

  RabbitJobEventsTests(TestBroker broker) {
    this.broker = broker;
    here = new RabbitJobEvents(broker.settings());
    elsewhere = new RabbitJobEvents(broker.settings());
  }

  @BeforeEach
  void awaitConnected() {
    await().atMost(LONG).until(() -> here.isConnected() && elsewhere.isConnected());
  }

  @AfterEach
  void disconnect() {
    here.close();
    elsewhere.close();
  }

  @Override
  public JobEvents here() {
    return here;
  }

  @Override
  public JobEvents elsewhere() {
    return elsewhere;
  }

  @Test
  void what_is_not_understood_is_passed_over() {
    var heard = listen(elsewhere);
    var event = new TakenAway(aJob());

    try (var stranger = new QueueAdmin(broker)) {
      stranger.publish(RabbitJobEvents.EXCHANGE, "garbage");
      stranger.publish(RabbitJobEvents.EXCHANGE, "{\"events\":[{\"type\":\"of_tomorrow\"},7]}");
    }
    here.publish(event);

    await().atMost(LONG).until(() -> !heard.isEmpty());
    assertThat(heard).containsExactly(event);
  }

  @Test
  void an_end_that_is_foretold_is_heard_by_the_other_processes_alone() {
    var own = listen(here);
    var others = listen(elsewhere);
    var job = aJob();
    var after = new TakenAway(job);

    here.foretellEnd(job);
    await().atMost(LONG).until(() -> others.contains(new EndForetold(job)));
    here.publish(after);

    await().atMost(LONG).until(() -> others.contains(after));
    assertThat(own).containsExactly(after);
  }

  @Test
  void a_stream_of_events_goes_as_few_messages() {
    var others = listen(elsewhere);
    var apart = Duration.ofNanos(50_000);
    var count = 10_000;
    try (var admin = new QueueAdmin(broker)) {
      admin.declare("counted", Map.of("x-expires", 60_000));
      admin.bind("counted", RabbitJobEvents.EXCHANGE);

      var started = System.nanoTime();
      for (var i = 0; i < count; i++) {
        spinUntil(started + i * apart.toNanos());
        here.publish(new TakenAway(aJob()));
      }
      await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> others.size() == count);

      var millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
      assertThat(admin.ready("counted")).isPositive().isLessThanOrEqualTo(millis + 2);
      admin.delete("counted");
    }
  }

  private static void spinUntil(long nanoTime) {
    while (System.nanoTime() < nanoTime) {
      Thread.onSpinWait();
    }
  }

  @Test
  void a_lost_connection_comes_back_and_meanwhile_this_process_hears_itself() {
    var own = listen(here);
    var others = listen(elsewhere);

    broker.ctl("close_all_connections", "test");
    here.publish(new TakenAway(aJob()));
    assertThat(own).hasSize(1);

    JobEvent later = new TakenAway(aJob());
    await().atMost(LONG).until(() -> here.isConnected() && elsewhere.isConnected());
    here.publish(later);
    await().atMost(LONG).until(() -> List.copyOf(others).contains(later));
  }
}
