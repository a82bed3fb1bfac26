package dev.recado.store;

import dev.recado.job.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some jobs, newest first.
 *
 * @param jobs the jobs of this page
 * @param nextCursor where the next page begins; null when this is the last one
 */
public record JobPage(List<Job> jobs, @Nullable Long nextCursor) {
  /** A page is a snapshot. */
  public JobPage {
    jobs = List.copyOf(jobs);
  }
}
