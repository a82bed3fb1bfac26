package dev.recado.store;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some jobs, newest first.
 *
 * @param jobs the jobs of this page
 * @param nextCursor the cursor of the next page; null when this is the last one
 */
public record JobPage(List<Job> jobs, @Nullable JobId nextCursor) {
  /** A page is a snapshot. */
  public JobPage {
    jobs = List.copyOf(jobs);
  }
}
