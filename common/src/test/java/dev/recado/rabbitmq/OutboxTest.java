package dev.recado.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutboxTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Outbox<String> outbox = new Outbox<>(3);

  @Test
  void what_waits_together_is_taken_together_and_in_order() throws InterruptedException {
    outbox.put("a");
    outbox.put("b");
    outbox.put("c");

    assertThat(outbox.take(2, LONG)).containsExactly("a", "b");
    assertThat(outbox.take(2, LONG)).containsExactly("c");
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void what_does_not_fit_is_dropped_and_counted_once() throws InterruptedException {
    for (var item : new String[] {"a", "b", "c", "d", "e"}) {
      outbox.put(item);
    }

    assertThat(outbox.take(10, LONG)).containsExactly("a", "b", "c");
    assertThat(outbox.takeDropped()).isEqualTo(2);
    assertThat(outbox.takeDropped()).isZero();
  }

  @Test
  void patience_ends_with_nothing() throws InterruptedException {
    assertThat(outbox.take(1, Duration.ofMillis(10))).isEmpty();
  }

  @Test
  void waking_ends_the_next_wait_and_only_that() throws InterruptedException {
    outbox.wake();

    assertThat(outbox.take(1, LONG)).isEmpty();
    CompletableFuture.runAsync(() -> outbox.put("a"), Thread::startVirtualThread).join();
    assertThat(outbox.take(1, LONG)).containsExactly("a");
  }
}
