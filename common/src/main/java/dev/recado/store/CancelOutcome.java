package dev.recado.store;

import dev.recado.job.Job;

/** What became of the wish to cancel a job. */
public sealed interface CancelOutcome {
  /** There is no such job. */
  record Unknown() implements CancelOutcome {}

  /**
   * It is canceled, by this call or by an earlier one.
   *
   * @param from what this call took it from
   */
  record Canceled(Job job, From from) implements CancelOutcome {
    /** Where a canceled job was before the call. */
    public enum From {
      /** It waited. */
      QUEUE,
      /** A worker held it, and does not know yet. */
      WORKER,
      /** Nowhere: it was canceled already. */
      CANCELED_BEFORE
    }
  }

  /** It had already ended otherwise. */
  record AlreadyFinished(Job job) implements CancelOutcome {}
}
