package dev.recado.e2e.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Harness;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One part is away, or comes late; the others go on. */
@Tag("process")
@Tag("broker")
class RestartTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @RegisterExtension final Harness harness = new Harness();

  @Tag("soak") // CrashTest kills web under load
  @Test
  void a_result_outlives_the_web_that_took_the_job() {
    var split = new Split(harness);
    var first = split.web();
    split.worker();
    var id = Split.submitSlow(first.client(), "até já", 1_000);

    first.kill();
    var second = split.web().client();

    assertThat(second.awaitDone(id, BOUND).get("status").asString()).isEqualTo("succeeded");
    assertThat(second.content(id)).isEqualTo("call 1");
  }

  @Tag("soak")
  @Test
  void jobs_are_taken_and_run_before_the_broker_is_up() {
    var split = new Split(harness);
    split.broker().kill();
    var client = split.web().client();
    split.worker();

    var id = Split.submitSlow(client, "sem carteiro", 10);

    assertThat(client.awaitDone(id, BOUND).get("status").asString()).isEqualTo("succeeded");
    assertThat(client.get("/readyz").statusCode()).isEqualTo(503);
    split.broker().start();
    await().atMost(BOUND).until(() -> client.answers("/readyz", 200));
  }

  @Tag("soak") // CrashTest restarts web under load
  @Test
  void a_web_told_to_stop_ends_in_time() {
    var web = new Split(harness).web();

    assertThat(web.stop()).isZero();
  }
}
