package dev.recado.e2e.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cancel reaches the model's socket, in another process, with and without the broker. */
@Tag("process")
@Tag("broker")
class CancelTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  @RegisterExtension final Harness harness = new Harness();

  private Split split;
  private ApiClient client;
  private String id;

  @BeforeEach
  void a_job_in_the_middle_of_its_model_call() {
    split = new Split(harness);
    client = split.web().client();
    split.worker();
    id = client.submit("não precisa mais", "fake?stall=1");
    await().atMost(BOUND).until(() -> split.model().open() == 1);
  }

  @Test
  void the_models_socket_is_closed_within_a_second() {
    assertThat(timeToClose()).isLessThan(Duration.ofSeconds(1));
    assertThat(client.status(id)).isEqualTo("canceled");
    assertThat(client.result(id).statusCode()).isEqualTo(410);
  }

  @Test
  void with_the_broker_down_it_is_closed_within_three_seconds() {
    split.broker().kill();

    assertThat(timeToClose()).isLessThan(Duration.ofSeconds(3));
    assertThat(client.status(id)).isEqualTo("canceled");
  }

  private Duration timeToClose() {
    var asked = Instant.now();
    assertThat(client.cancel(id).statusCode()).isEqualTo(200);
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(BOUND)
        .until(() -> split.model().open() == 0);
    var took = Duration.between(asked, Instant.now());
    System.out.printf("canceled: the model's socket closed after %d ms%n", took.toMillis());
    return took;
  }
}
