package dev.recado.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every doorbell must do, whatever carries the rings. */
public interface DoorbellContract extends DoorbellUnderTest {

  @Test
  default void a_ring_is_heard() throws InterruptedException {
    ring(1);

    var rings = consumer().await(LONG);

    assertThat(rings.count()).isEqualTo(1);
  }

  @Test
  default void a_ring_wakes_who_waits() {
    var waiting = waiting();

    ring(1);

    assertThat(waiting.join().count()).isEqualTo(1);
  }

  @Test
  default void who_waits_is_woken_without_a_ring() {
    var waiting = waiting();

    consumer().wake();

    assertThat(waiting.join().count()).isZero();
  }

  @Test
  default void who_waits_next_is_woken_without_a_ring() {
    for (var i = 0; i < 2; i++) {
      consumer().wake();
      var waiting =
          CompletableFuture.supplyAsync(() -> awaitUnchecked(LONG), Thread::startVirtualThread);

      assertThat(waiting.orTimeout(10, TimeUnit.SECONDS).join().count()).isZero();
    }
  }

  @Test
  default void silence_ends_with_the_time_and_without_rings() throws InterruptedException {
    var rings = consumer().await(SHORT);

    assertThat(rings.count()).isZero();
    assertThatCode(rings::acknowledge).doesNotThrowAnyException();
  }

  @Test
  default void every_ring_is_heard_once() throws InterruptedException {
    ring(1_000);

    hearAndAcknowledge(1_000);

    assertThat(consumer().await(SHORT).count()).isZero();
  }

  @Test
  default void acknowledging_twice_does_no_harm() throws InterruptedException {
    ring(1);
    var rings = consumer().await(LONG);

    rings.acknowledge();
    rings.acknowledge();
    ring(1);

    hearAndAcknowledge(1);
  }

  @Test
  default void rings_may_be_acknowledged_out_of_order() throws InterruptedException {
    ring(1);
    var first = consumer().await(LONG);
    ring(1);
    var second = consumer().await(LONG);

    second.acknowledge();
    first.acknowledge();
    ring(1);

    hearAndAcknowledge(1);
  }

  @Test
  default void who_paused_hears_nothing_until_it_resumes() throws InterruptedException {
    consumer().pause();
    ring(3);
    assertThat(consumer().await(SHORT).count()).isZero();

    consumer().resume();

    hearAndAcknowledge(3);
  }

  @Test
  default void pausing_gives_back_what_was_not_acknowledged() throws InterruptedException {
    ring(1);
    var rings = consumer().await(LONG);

    consumer().pause();
    rings.acknowledge();
    consumer().resume();

    hearAndAcknowledge(1);
  }

  @Test
  default void pausing_keeps_what_was_acknowledged() throws InterruptedException {
    ring(1);
    consumer().await(LONG).acknowledge();

    consumer().pause();
    consumer().resume();

    assertThat(consumer().await(SHORT).count()).isZero();
  }

  @Test
  default void pausing_and_resuming_twice_is_as_good_as_once() throws InterruptedException {
    consumer().pause();
    consumer().pause();
    consumer().resume();
    consumer().resume();
    ring(1);

    hearAndAcknowledge(1);
  }

  @Test
  default void the_publisher_knows_whether_rings_wait() throws InterruptedException {
    assertThat(publisher().hasUnheardRings()).isFalse();
    consumer().pause();
    ring(1);
    await().atMost(LONG).until(() -> publisher().hasUnheardRings());

    consumer().resume();
    hearAndAcknowledge(1);

    await().atMost(LONG).until(() -> !publisher().hasUnheardRings());
  }

  @Test
  default void nothing_is_dead_at_first() {
    await().atMost(LONG).until(() -> publisher().deadLetters().isPresent());
    assertThat(publisher().deadLetters()).hasValue(0);
  }

  @Test
  default void the_box_of_dead_letters_is_empty_at_first() {
    await().atMost(LONG).until(() -> publisher().isConnected());
    var box = publisher().deadLetterBox();

    assertThat(box.first(10)).isEmpty();
    assertThat(box.replay(letter -> true)).isEqualTo(new DeadLetters.Cleared(0, 0));
    assertThat(box.discard(letter -> true)).isEqualTo(new DeadLetters.Cleared(0, 0));
  }

  @Test
  default void how_things_stand_can_be_seen() {
    await().atMost(LONG).until(() -> publisher().state().isConnected());
    ring(3);

    await().atMost(LONG).until(() -> publisher().state().unconfirmedRings() == 0);
    assertThat(publisher().state().isBlocked()).isFalse();

    publisher().close();
    assertThat(publisher().state().isConnected()).isFalse();
  }

  @Test
  default void both_sides_are_connected_until_they_are_closed() {
    await().atMost(LONG).until(() -> publisher().isConnected() && consumer().isConnected());

    publisher().close();
    consumer().close();

    assertThat(publisher().isConnected()).isFalse();
    assertThat(consumer().isConnected()).isFalse();
  }

  @Test
  default void closing_wakes_who_waits() {
    var waiting = waiting();

    consumer().close();

    assertThat(waiting.join().count()).isZero();
  }

  @Test
  default void ringing_and_closing_after_the_end_do_nothing() {
    publisher().close();
    consumer().close();

    assertThatCode(
            () -> {
              ring(1);
              consumer().pause();
              consumer().resume();
              consumer().close();
              publisher().close();
            })
        .doesNotThrowAnyException();
  }

  /** What somebody hears who waits by now, and has not given up. */
  private CompletableFuture<TaskConsumer.Rings> waiting() {
    var heard = new CompletableFuture<TaskConsumer.Rings>();
    var listener = Thread.startVirtualThread(() -> heard.complete(awaitUnchecked(LONG)));
    await().atMost(LONG).until(() -> listener.getState() == Thread.State.TIMED_WAITING);
    return heard.orTimeout(10, TimeUnit.SECONDS);
  }

  private TaskConsumer.Rings awaitUnchecked(Duration atMost) {
    try {
      return consumer().await(atMost);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
