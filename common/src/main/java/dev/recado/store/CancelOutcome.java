package dev.recado.store;

import dev.recado.job.Job;

/** What became of the wish to cancel a job. */
public sealed interface CancelOutcome {
  /** There is no such job. */
  record Unknown() implements CancelOutcome {}

  /**
   * It is canceled, by this call or by an earlier one.
   *
   * @param wasRunning whether this call took it away from a worker
   */
  record Canceled(Job job, boolean wasRunning) implements CancelOutcome {}

  /** It had already ended otherwise. */
  record AlreadyFinished(Job job) implements CancelOutcome {}
}
