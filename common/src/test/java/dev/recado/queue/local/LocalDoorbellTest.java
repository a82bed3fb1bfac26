package dev.recado.queue.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.queue.DoorbellContract;
import dev.recado.queue.TaskConsumer;
import dev.recado.queue.TaskPublisher;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalDoorbellTest implements DoorbellContract {
  private final LocalDoorbell bell = new LocalDoorbell();

  @Override
  public TaskPublisher publisher() {
    return bell;
  }

  @Override
  public TaskConsumer consumer() {
    return bell;
  }

  /** Were a ring between the look at the bell and falling asleep missed, this would hang. */
  @Test
  void no_ring_is_missed_however_it_falls_between_two_waits() throws InterruptedException {
    var rounds = 20_000;
    var ringing =
        CompletableFuture.runAsync(() -> IntStream.range(0, rounds).forEach(i -> ringOnceHeard()));

    for (var heard = 0; heard < rounds; ) {
      var rings = bell.await(LONG);
      assertThat(rings.count()).isPositive();
      heard += rings.count();
      rings.acknowledge();
    }
    ringing.join();
  }

  private void ringOnceHeard() {
    while (bell.hasUnheardRings()) {
      Thread.onSpinWait();
    }
    bell.ring(aJob());
  }

  @Test
  void an_interrupt_ends_the_wait() {
    var interrupted = new CompletableFuture<Boolean>();
    var listener =
        Thread.ofVirtual()
            .start(() -> {
              try {
                bell.await(LONG);
                interrupted.complete(false);
              } catch (InterruptedException e) {
                interrupted.complete(true);
              }
            });

    listener.interrupt();

    assertThat(interrupted.join()).isTrue();
  }
}
