package dev.recado.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.worker.ClaimedJobs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final InFlight inFlight = new InFlight();

  @Test
  void a_job_taken_away_while_it_is_being_claimed_is_stopped() throws Exception {
    var job = ClaimedJobs.of("generate", "{}");
    var notice = new AtomicReference<Thread>();

    var begun =
        inFlight.begin(() -> {
          notice.set(
              Thread.ofPlatform().start(() -> inFlight.stopTakenAway(() -> List.of(job.id()))));
          await()
              .atMost(Duration.ofSeconds(10))
              .until(
                  () -> notice.get().getState() == Thread.State.WAITING || !notice.get().isAlive());
          return List.of(job);
        });

    notice.get().join();
    assertThat(begun.getFirst().attempt().stopped()).isEqualTo(InFlight.Stop.TAKEN_AWAY);
  }
}
