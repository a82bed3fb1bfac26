package dev.recado.queue.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.recado.job.JobIds;
import dev.recado.testing.NeedsBroker;
import dev.recado.testing.PrivateBroker;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The doorbell while its broker comes and goes. */
@NeedsBroker
@Timeout(180)
class RabbitOutageTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final JobIds ids = new JobIds(Clock.systemUTC());
  private final PrivateBroker broker = PrivateBroker.notStarted();
  private final RabbitTaskPublisher publisher = new RabbitTaskPublisher(broker.settings());
  private final RabbitTaskConsumer consumer = new RabbitTaskConsumer(broker.settings(), 256);
  private final AtomicInteger heard = new AtomicInteger();
  private final CompletableFuture<Void> hearing =
      CompletableFuture.runAsync(this::hearAll, Thread::startVirtualThread);
  private volatile boolean ringing = true;
  private volatile boolean over;

  @AfterEach
  void end() {
    over = true;
    publisher.close();
    consumer.close();
    hearing.join();
    broker.close();
  }

  @Test
  void what_was_rung_before_the_broker_came_is_heard_when_it_does() {
    ring(100);
    assertThat(publisher.isConnected()).isFalse();
    assertThat(publisher.deadLetters()).isEmpty();

    broker.start();

    await().atMost(LONG).until(() -> heard.get() >= 100);
  }

  @Test
  void what_was_confirmed_survives_the_death_of_the_broker() {
    broker.start();
    consumer.pause();
    ring(2_000);
    await().atMost(LONG).until(() -> publisher.hasUnheardRings() && publisher.isIdle());

    broker.kill();
    await().atMost(LONG).until(() -> !publisher.isConnected() && !consumer.isConnected());
    ring(100);
    consumer.resume();
    broker.start();

    await().atMost(LONG).until(() -> heard.get() >= 2_100);
  }

  @Test
  void a_broker_that_lost_its_disk_is_served_like_a_new_one() {
    broker.start();
    awaitConnected();
    broker.kill();
    broker.wipe();

    broker.start();
    awaitConnected();
    ring(10);

    await().atMost(LONG).until(() -> heard.get() >= 10);
  }

  @Test
  void every_ring_is_heard_however_often_the_broker_restarts() {
    broker.start();
    awaitConnected();
    var rings = CompletableFuture.supplyAsync(this::ringOnAndOn, Thread::startVirtualThread);

    for (var restart = 0; restart < 4; restart++) {
      awaitConnected();
      broker.bounce();
    }
    ringing = false;
    int rung = rings.join();

    await().atMost(LONG).until(() -> publisher.isIdle() && heard.get() >= rung);
  }

  @Test
  void who_pauses_and_resumes_does_not_wait_for_a_broker_that_stands_still() {
    broker.start();
    awaitConnected();
    broker.freeze();
    try {
      assertTimeout(
          Duration.ofSeconds(3),
          () -> {
            consumer.pause();
            consumer.resume();
            consumer.pause();
          });
    } finally {
      broker.thaw();
    }
    ring(10);
    await().atMost(LONG).until(() -> publisher.hasUnheardRings() && publisher.isIdle());
    assertThat(heard).hasValue(0);

    consumer.resume();

    await().atMost(LONG).until(() -> heard.get() == 10);
  }

  private void awaitConnected() {
    await().atMost(LONG).until(() -> publisher.isConnected() && consumer.isConnected());
  }

  private void ring(int times) {
    for (var i = 0; i < times; i++) {
      publisher.ring(ids.next());
    }
  }

  private int ringOnAndOn() {
    var rung = 0;
    while (ringing) {
      ring(1);
      rung++;
      pause();
    }
    return rung;
  }

  /** A thousand rings a second at most, so that none is dropped for want of room. */
  private static void pause() {
    LockSupport.parkNanos(1_000_000);
  }

  private void hearAll() {
    try {
      while (!over) {
        var rings = consumer.await(Duration.ofMillis(200));
        heard.addAndGet(rings.count());
        rings.acknowledge();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
