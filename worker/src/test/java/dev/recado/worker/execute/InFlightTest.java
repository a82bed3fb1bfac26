package dev.recado.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.Priority;
import dev.recado.job.Setbacks;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final InFlight inFlight = new InFlight();

  @Test
  void a_job_taken_away_while_it_is_being_claimed_is_stopped() throws Exception {
    var id = new JobIds(Clock.systemUTC()).next();
    var notice = new AtomicReference<Thread>();

    var begun =
        inFlight.begin(() -> {
          notice.set(Thread.ofPlatform().start(() -> inFlight.stopTakenAway(() -> List.of(id))));
          await()
              .atMost(Duration.ofSeconds(10))
              .until(
                  () -> notice.get().getState() == Thread.State.WAITING || !notice.get().isAlive());
          return List.of(claimed(id));
        });

    notice.get().join();
    assertThat(begun.getFirst().attempt().stopped()).isEqualTo(InFlight.Stop.TAKEN_AWAY);
  }

  private static ClaimedJob claimed(JobId id) {
    return new ClaimedJob(
        1,
        id,
        Tenant.DEFAULT,
        "generate",
        null,
        "{}",
        Priority.NORMAL,
        1,
        new WorkerId("worker-1"),
        id.createdAt(),
        Instant.MAX,
        null,
        new Setbacks(0, 0, 0, 0),
        id.createdAt(),
        id.createdAt(),
        null);
  }
}
