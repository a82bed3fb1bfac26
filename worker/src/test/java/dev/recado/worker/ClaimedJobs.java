package dev.recado.worker;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobIds;
import dev.recado.job.Priority;
import dev.recado.job.Setbacks;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import java.time.Clock;
import java.time.Instant;

/** Jobs as a worker is given them, claimed for the first time. */
public final class ClaimedJobs {
  private static final JobIds IDS = new JobIds(Clock.systemUTC());

  private ClaimedJobs() {}

  /** One of this kind, with this input. */
  public static ClaimedJob of(String kind, String inputJson) {
    var id = IDS.next();
    return new ClaimedJob(
        1,
        id,
        Tenant.DEFAULT,
        kind,
        null,
        inputJson,
        Priority.NORMAL,
        1,
        new WorkerId("worker-1"),
        id.createdAt(),
        Instant.MAX,
        null,
        Setbacks.NONE,
        id.createdAt(),
        id.createdAt(),
        null);
  }
}
