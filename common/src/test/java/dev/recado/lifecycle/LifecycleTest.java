package dev.recado.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LifecycleTest {
  private final List<String> stopped = new CopyOnWriteArrayList<>();

  @Test
  void parts_stop_in_the_reverse_order_of_their_start() {
    var lifecycle = started("store", "worker", "web");

    assertThat(lifecycle.stop()).isTrue();
    assertThat(stopped).containsExactly("web", "worker", "store");
  }

  @Test
  void a_part_that_fails_keeps_no_other_from_stopping() {
    var lifecycle = started("store");
    lifecycle.own(
        "worker",
        () -> {
          throw new IllegalStateException("expected by this test");
        });

    assertThat(lifecycle.stop()).isFalse();
    assertThat(stopped).containsExactly("store");
  }

  @Test
  void nor_does_one_that_runs_into_an_error_of_the_jvm() {
    var lifecycle = started("store");
    lifecycle.own(
        "worker",
        () -> {
          throw new StackOverflowError("expected by this test");
        });

    assertThat(lifecycle.stop()).isFalse();
    assertThat(stopped).containsExactly("store");
  }

  @Test
  void a_part_that_hangs_is_left_behind_when_the_time_is_over() {
    var released = new CountDownLatch(1);
    var lifecycle = new Lifecycle(Duration.ofMillis(50));
    lifecycle.own("web", released::await);

    assertThat(lifecycle.stop()).isFalse();
    released.countDown();
  }

  @Test
  void nothing_is_stopped_twice() {
    var lifecycle = started("store");
    lifecycle.stop();
    lifecycle.close();

    assertThat(stopped).containsExactly("store");
  }

  private Lifecycle started(String... names) {
    var lifecycle = new Lifecycle(Duration.ofSeconds(5));
    for (var name : names) {
      lifecycle.own(name, () -> stopped.add(name));
    }
    return lifecycle;
  }
}
