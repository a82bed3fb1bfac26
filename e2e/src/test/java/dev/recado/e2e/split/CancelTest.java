package dev.recado.e2e.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cancel reaches the model's socket, in another process, with and without the broker. */
@Tag("process")
@Tag("broker")
class CancelTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void the_models_socket_is_closed_within_a_second_and_without_the_broker_within_three() {
    var split = new Split(harness);
    var client = split.web().client();
    split.worker();

    assertThat(timeToClose(split, client, inTheMiddle(split, client)))
        .isLessThan(Duration.ofSeconds(1));

    var another = inTheMiddle(split, client);
    split.broker().kill();
    assertThat(timeToClose(split, client, another)).isLessThan(Duration.ofSeconds(3));
  }

  /** A job whose model call has begun and does not end. */
  private static String inTheMiddle(Split split, ApiClient client) {
    var id = client.submit("não precisa mais", "fake?stall=1");
    await().atMost(BOUND).until(() -> split.model().open() == 1);
    return id;
  }

  private static Duration timeToClose(Split split, ApiClient client, String id) {
    var asked = Instant.now();
    assertThat(client.cancel(id).statusCode()).isEqualTo(200);
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(BOUND)
        .until(() -> split.model().open() == 0);
    var took = Duration.between(asked, Instant.now());
    assertThat(client.status(id)).isEqualTo("canceled");
    assertThat(client.result(id).statusCode()).isEqualTo(410);
    System.out.printf("canceled: the model's socket closed after %d ms%n", took.toMillis());
    return took;
  }
}
