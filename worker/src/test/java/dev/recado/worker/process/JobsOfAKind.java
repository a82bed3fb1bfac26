package dev.recado.worker.process;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.job.Priority;
import dev.recado.job.Setbacks;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import java.time.Instant;

/** Claimed jobs as processors are given them. */
final class JobsOfAKind {
  private JobsOfAKind() {}

  static ClaimedJob job(String kind, String input) {
    var id = new JobId("01970000-0000-7000-8000-000000000000");
    return new ClaimedJob(
        1,
        id,
        Tenant.DEFAULT,
        kind,
        null,
        input,
        Priority.NORMAL,
        1,
        new WorkerId("worker-1"),
        Instant.EPOCH,
        Instant.MAX,
        null,
        Setbacks.NONE,
        Instant.EPOCH,
        Instant.EPOCH,
        null);
  }
}
